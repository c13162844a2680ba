package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.PoolException;
import io.dewpond.Ticker;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells how long borrowers wait and what comes of it, where anybody wants to know. */
final class Waits {
    private final Flight flight;
    private final @Nullable Timings timings;
    private final Ticker ticker;

    Waits(Flight flight, @Nullable Timings timings, Ticker ticker) {
        this.flight = flight;
        this.timings = timings;
        this.ticker = ticker;
    }

    /** Whether anybody wants to know. */
    boolean areWatched() {
        return timings != null || Flight.isOn();
    }

    /** Waits, and tells of it. */
    <T> SlotLease<T> watch(Waiting<T> waiting) throws InterruptedException {
        Flight.Span seen = flight.waits();
        long since = ticker.nanoTime();
        SlotLease<T> lease;
        try {
            lease = waiting.await();
        } catch (InterruptedException | PoolException failure) {
            seen.ended(failure);
            throw failure;
        }
        seen.ended(null);
        measure(since);
        return lease;
    }

    /** Has a future made, and tells when it is complete. */
    <T> CompletableFuture<Lease<T>> watchLater(Supplier<CompletableFuture<Lease<T>>> joining) {
        Flight.Span seen = flight.waits();
        long since = ticker.nanoTime();
        CompletableFuture<Lease<T>> future = joining.get();
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> {
            seen.ended(failure);
            if (failure == null) {
                measure(since);
            }
        });
        return future;
    }

    /** Served, after a wait. */
    private void measure(long since) {
        if (timings != null) {
            timings.waited(ticker.nanoTime() - since);
        }
    }

    /** What a borrower's thread does to wait. */
    interface Waiting<T> {
        SlotLease<T> await() throws InterruptedException;
    }
}
