package io.dewpond.impl;

import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens: a listener, in order, on a thread of its own, where whatever it does it does to itself; and, of what
 * may explain a slow program, the {@link Flight} recorder, at once.
 */
final class Events<T> {
    private final Flight flight;
    private final @Nullable Timings timings;
    private final @Nullable PoolListener<? super T> listener;
    /** None where there is nobody to tell. */
    private final @Nullable Workers teller;

    private final AtomicInteger pending;
    private final boolean shares;

    Events(PoolConfig<T> config, @Nullable Timings timings) {
        String pool = config.name();
        flight = new Flight(pool);
        this.timings = timings;
        listener = config.listener();
        teller = listener == null ? null : new Workers("dewpond-" + pool + "-events", 1, config.ticker(), never -> {});
        pending = new AtomicInteger();
        shares = false;
    }

    private Events(Events<T> others) {
        flight = others.flight;
        timings = others.timings;
        listener = others.listener;
        teller = others.teller;
        pending = others.pending;
        shares = true;
    }

    /** Tells the same listener, on the same thread, which stays when this is released. */
    Events<T> shared() {
        return new Events<>(this);
    }

    /** The measurements, where any are made. */
    @Nullable
    Timings timings() {
        return timings;
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

    Flight flight() {
        return flight;
    }

    void created(T object, long tookNanos) {
        if (timings != null) {
            timings.created(tookNanos);
        }
        tell(told -> told.created(object, Duration.ofNanos(tookNanos)));
    }

    void destroyed(T object, DestroyReason reason, @Nullable Throwable failure) {
        flight.destroyed(reason, failure);
        tell(told -> told.destroyed(object, reason));
    }

    void acquireFailed(PoolException failure) {
        flight.acquireFailed(failure);
        tell(told -> told.acquireFailed(failure));
    }

    void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
        flight.leaseOverdue(holder, stack);
        tell(told -> told.leaseOverdue(holder, stack));
    }

    void leaseLost(LeaseHolder holder) {
        flight.leaseLost(holder);
        tell(told -> told.leaseLost(holder));
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
