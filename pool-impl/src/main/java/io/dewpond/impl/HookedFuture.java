package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request for a future in a {@link HookedPool}: asks the pool, has the hook run on the object that comes, and asks again
 * if it doesn't pass. The hook runs on a courier's thread, in a task of its own, which is given up at the deadline; what
 * depends on the future runs in yet another, for it is given up by other rules.
 *
 * <p>Whoever has the future may complete it at any time. Before the hook that is seen, and the object goes on untouched to
 * the next; after it, the object is released as if it had been used. While the pool is asked, the question is withdrawn:
 * {@link #asked} is written before the future is looked at, and read after it is complete; one of the two sides sees the
 * other.
 */
final class HookedFuture<T> {
    private final HookedPool<T> hooked;
    private final SlotPool<T> pool;
    private final Crew<T> crew;
    private final Ticker ticker;
    private final long since;
    private final long nanos;
    private final CompletableFuture<Lease<T>> future = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<Lease<T>> asked;

    HookedFuture(HookedPool<T> hooked, SlotPool<T> pool, long nanos) {
        this.hooked = hooked;
        this.pool = pool;
        this.nanos = nanos;
        crew = pool.crew();
        ticker = pool.config().ticker();
        since = ticker.nanoTime();
    }

    CompletableFuture<Lease<T>> ask() {
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> withdraw());
        // Refused at once, it fails in the caller's thread, before anything can depend on it.
        ask(pool.acquireAsync(Duration.ofNanos(nanos)), Runnable::run);
        return future;
    }

    private void askAgain() {
        boolean waits = nanos > 0;
        ask(waits ? pool.acquireAsyncAgain(since, since + nanos) : pool.acquireAsync(Duration.ZERO), crew::deliver);
    }

    private void ask(CompletableFuture<Lease<T>> question, Executor failing) {
        asked = question;
        if (future.isDone()) {
            withdraw();
        }
        CompletableFuture<?> unused = question.whenComplete((lease, failure) -> {
            if (lease != null) {
                crew.prepare(new Preparation((SlotLease<T>) lease));
            } else if (failure != null) {
                failing.execute(() -> future.completeExceptionally(failure));
            }
        });
    }

    private void withdraw() {
        CompletableFuture<Lease<T>> question = asked;
        if (question != null) {
            question.cancel(false);
        }
    }

    /** The hook on one object. */
    private final class Preparation implements Workers.Task {
        private final SlotLease<T> lease;
        private final long limit;
        private final AtomicBoolean over = new AtomicBoolean();

        Preparation(SlotLease<T> lease) {
            this.lease = lease;
            long left = since + nanos - ticker.nanoTime();
            limit = nanos == 0 ? pool.config().validationTimeout().toNanos() : Math.max(0, left);
        }

        @Override
        public void run() {
            if (future.isDone()) {
                lease.giveOn();
                return;
            }
            Throwable failure = hooked.run(lease);
            if (!over.compareAndSet(false, true)) {
                return; // it was given up, and the object is being destroyed
            }
            if (failure != null) {
                pool.hookFailed(failure);
                lease.refuse(failure);
                askAgain();
            } else if (hooked.passed(lease)) {
                crew.deliver(this::handOver);
            } else {
                askAgain();
            }
        }

        private void handOver() {
            if (!future.complete(lease)) {
                lease.takeBack();
            }
        }

        @Override
        public void overdue() {
            if (over.compareAndSet(false, true)) {
                TimeoutException cause = new TimeoutException(
                        "Pool '" + pool.config().name()
                                + "': BEFORE_LEND was not done at the deadline; its thread was interrupted and given up");
                pool.hookFailed(cause);
                lease.refuse(cause);
                crew.deliver(() -> future.completeExceptionally(pool.outOfTime(since)));
            }
        }

        @Override
        public long limitNanos() {
            return limit;
        }
    }
}
