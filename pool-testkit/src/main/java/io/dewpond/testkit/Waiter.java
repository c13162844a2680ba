package io.dewpond.testkit;

import io.dewpond.Lease;
import io.dewpond.PoolException;
import io.dewpond.QueuedBorrower;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A borrower that waits, or whose future does, in the {@link ReferencePool}; guarded by the pool's lock. */
final class Waiter<T> {
    final Thread thread = Thread.currentThread();
    /** When it began to wait, and for how long; for a borrower with a future. */
    final long start;

    final long nanos;

    /** Where it asked; empty if that isn't recorded. */
    final List<StackTraceElement> site;

    /** What is completed with the outcome; null for a thread that waits. */
    final @Nullable CompletableFuture<Lease<T>> future;

    /** What the waiter was granted. */
    @Nullable
    ReferenceLease<T> lease;
    /** Why it gets nothing; made in the waiter's own thread, so that it shows the waiter's stack. */
    @Nullable
    Supplier<PoolException> failure;

    Waiter(long start, long nanos, List<StackTraceElement> site, @Nullable CompletableFuture<Lease<T>> future) {
        this.start = start;
        this.nanos = nanos;
        this.site = site;
        this.future = future;
    }

    QueuedBorrower at(long now) {
        long waited = now - start;
        return new QueuedBorrower(
                thread.getName(), Duration.ofNanos(waited), Duration.ofNanos(Math.max(0, nanos - waited)));
    }
}
