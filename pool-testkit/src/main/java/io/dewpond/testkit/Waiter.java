package io.dewpond.testkit;

import io.dewpond.PoolException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A borrower that waits in the {@link ReferencePool}; guarded by the pool's lock. */
final class Waiter<T> {
    final Thread thread = Thread.currentThread();
    /** What the waiter was granted. */
    @Nullable
    ReferenceLease<T> lease;
    /** Why it gets nothing; made in the waiter's own thread, so that it shows the waiter's stack. */
    @Nullable
    Supplier<PoolException> failure;
}
