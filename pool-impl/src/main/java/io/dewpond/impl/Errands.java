package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.PoolException;
import java.util.concurrent.CompletableFuture;

/**
 * What the {@link Exchange} decides under its lock and has done after it, on other threads. An errand that comes with a
 * stay hands that stay over: whoever does the errand owns the slot.
 */
interface Errands<T> {
    /** Make an object for a slot that is creating. */
    void create(Slot<T> slot, long stay);

    /** Judge and, if due, validate the object of a slot in maintenance; then offer or destroy it. */
    void inspect(Slot<T> slot, long stay);

    /** Destroy the object of a slot in maintenance. */
    void destroy(Slot<T> slot, long stay, DestroyReason reason);

    /** Have the maintenance run at that time. */
    void wakeAt(long time);

    /** Have the maintenance see to it that a lease given at that time isn't out for too long. */
    void lent(long now);

    /** Complete a future whose dependents are foreign code. */
    void complete(CompletableFuture<Void> done);

    /** Complete such a future with a failure. */
    void fail(CompletableFuture<Void> done, PoolException failure);

    /** Count, log and tell what a callback threw that was called under the lock. */
    void failed(Callback callback, Throwable cause);
}
