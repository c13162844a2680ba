package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.PoolException;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where one leaves a future instead of waiting, and where the outcome is brought to it.
 *
 * <p>A future can be completed by two: by the pool, and by whoever has it, who may cancel it or complete it in any other
 * way at any moment. {@code complete} tells who was first, and each side does its part afterwards. If it was the other
 * side, it withdraws the waiter; where that comes too late, the waiter has an outcome, and a courier is on its way with
 * it, who finds the future completed and gives the lease on. So a granted object is either in the hands of whoever has the
 * future, or goes to the next in the queue.
 */
final class FutureDesk<T> {
    private final Exchange<T> exchange;
    private final Crew<T> crew;
    private final Ticker ticker;
    private final Sites sites;
    private final Function<Duration, PoolException> timedOut;
    private final UnaryOperator<PoolException> told;

    FutureDesk(
            Exchange<T> exchange,
            Crew<T> crew,
            Ticker ticker,
            Sites sites,
            Function<Duration, PoolException> timedOut,
            UnaryOperator<PoolException> told) {
        this.exchange = exchange;
        this.crew = crew;
        this.ticker = ticker;
        this.sites = sites;
        this.timedOut = timedOut;
        this.told = told;
    }

    /** Joins the queue, unless there is no time to wait. Throws nothing: whatever goes wrong, the future tells. */
    CompletableFuture<Lease<T>> join(long nanos) {
        long now = ticker.nanoTime();
        return join(now, now + nanos);
    }

    /** The same for one who has asked before, and whose time has run since then. */
    CompletableFuture<Lease<T>> join(long since, long deadline) {
        FutureWaiter<T> waiter = new FutureWaiter<>(since, deadline, sites.sample(), this::send);
        try {
            long now = ticker.nanoTime();
            if (deadline - now <= 0) {
                exchange.missed(now, true);
                throw timedOut.apply(Duration.ofNanos(now - since));
            }
            exchange.enqueue(waiter);
        } catch (PoolException refused) {
            return CompletableFuture.failedFuture(told.apply(refused));
        }
        CompletableFuture<?> unused = waiter.future.whenComplete((lease, failure) -> leave(waiter));
        return waiter.future;
    }

    /** The future is complete. If it wasn't the pool who completed it, the waiter's place is free. */
    private void leave(FutureWaiter<T> waiter) {
        if (!waiter.hasOutcome()) {
            exchange.withdraw(waiter, false, ticker.nanoTime());
        }
    }

    private void send(FutureWaiter<T> waiter) {
        crew.deliver(() -> deliver(waiter));
    }

    private void deliver(FutureWaiter<T> waiter) {
        SlotLease<T> lease = waiter.lease();
        if (lease == null) {
            fail(waiter);
        } else if (!waiter.future.complete(lease)) {
            lease.giveOn();
        }
    }

    private void fail(FutureWaiter<T> waiter) {
        if (!waiter.future.isDone()) {
            Supplier<PoolException> failure = waiter.failure();
            Duration waited = Duration.ofNanos(ticker.nanoTime() - waiter.since);
            waiter.future.completeExceptionally(told.apply(failure != null ? failure.get() : timedOut.apply(waited)));
        }
    }
}
