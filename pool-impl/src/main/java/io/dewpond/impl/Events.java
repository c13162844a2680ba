package io.dewpond.impl;

import io.dewpond.PoolListener;
import io.dewpond.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener what happens, in order, on a thread of its own: whatever it does there, it does to itself. */
final class Events<T> {

    private final @Nullable PoolListener<? super T> listener;
    /** None where there is nobody to tell. */
    private final @Nullable Workers teller;

    private final AtomicInteger pending;
    private final boolean shares;

    Events(String pool, @Nullable PoolListener<? super T> listener, Ticker ticker) {
        this.listener = listener;
        teller = listener == null ? null : new Workers("dewpond-" + pool + "-events", 1, ticker, never -> {});
        pending = new AtomicInteger();
        shares = false;
    }

    private Events(Events<T> others) {
        listener = others.listener;
        teller = others.teller;
        pending = others.pending;
        shares = true;
    }

    /** Tells the same listener, on the same thread, which stays when this is released. */
    Events<T> shared() {
        return new Events<>(this);
    }

    void tell(Consumer<PoolListener<? super T>> event) {
        PoolListener<? super T> told = listener;
        Workers workers = teller;
        if (told == null || workers == null) {
            return;
        }
        if (pending.incrementAndGet() > PoolListener.MOST_PENDING) {
            pending.decrementAndGet();
            return;
        }
        workers.submit(new Telling(told, event));
    }

    void release() {
        if (teller != null && !shares) {
            teller.release();
        }
    }

    private final class Telling implements Workers.Task {
        private final PoolListener<? super T> told;
        private final Consumer<PoolListener<? super T>> event;

        Telling(PoolListener<? super T> told, Consumer<PoolListener<? super T>> event) {
            this.told = told;
            this.event = event;
        }

        @Override
        public void run() {
            pending.decrementAndGet();
            try {
                event.accept(told);
            } catch (Throwable thrown) {
                Log.POOL.warn("A listener threw; the pool goes on", thrown);
            }
        }

        @Override
        public void overdue() {
            throw new AssertionError("bug: a listener has no time limit");
        }

        @Override
        public long limitNanos() {
            return Workers.UNLIMITED;
        }
    }
}
