package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.PoolException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Tells how long borrowers wait and what comes of it, where anybody wants to know. */
final class Waits {
    private final Flight flight;

    Waits(Flight flight) {
        this.flight = flight;
    }

    /** Whether anybody wants to know. */
    boolean areWatched() {
        return Flight.isOn();
    }

    /** Waits, and tells of it. */
    <T> SlotLease<T> watch(Waiting<T> waiting) throws InterruptedException {
        Flight.Ending seen = flight.waits();
        SlotLease<T> lease;
        try {
            lease = waiting.await();
        } catch (InterruptedException | PoolException failure) {
            seen.ended(failure);
            throw failure;
        }
        seen.ended(null);
        return lease;
    }

    /** Has a future made, and tells when it is complete. */
    <T> CompletableFuture<Lease<T>> watchLater(Supplier<CompletableFuture<Lease<T>>> joining) {
        Flight.Ending seen = flight.waits();
        CompletableFuture<Lease<T>> future = joining.get();
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> seen.ended(failure));
        return future;
    }

    /** What a borrower's thread does to wait. */
    interface Waiting<T> {
        SlotLease<T> await() throws InterruptedException;
    }
}
