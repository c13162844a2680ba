package io.dewpond.impl;

import io.dewpond.PoolException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for an object. Its outcome is written once, under the lock of the {@link Exchange}, in the same
 * step that takes it out of the queue; so a waiter either is in the queue, or has an outcome, or has withdrawn.
 */
final class Waiter<T> {
    final Thread thread = Thread.currentThread();

    private volatile @Nullable SlotLease<T> lease;
    /** Makes the exception in the thread that throws it, so that the stack trace is that thread's own. */
    private volatile @Nullable Supplier<PoolException> failure;

    void grant(SlotLease<T> granted) {
        lease = granted;
    }

    void fail(Supplier<PoolException> reason) {
        failure = reason;
    }

    @Nullable
    SlotLease<T> lease() {
        return lease;
    }

    @Nullable
    Supplier<PoolException> failure() {
        return failure;
    }
}
