package io.dewpond.testkit;

import io.dewpond.Lease;
import org.jspecify.annotations.Nullable;

/** A lease of the {@link ReferencePool}. */
final class ReferenceLease<T> implements Lease<T> {
    final Place<T> place;
    final String thread;
    final long since;
    /** Written under the pool's lock, by whoever ends the lease. */
    volatile boolean ended;

    private final ReferencePool<T> pool;
    private final T object;

    ReferenceLease(ReferencePool<T> pool, Place<T> place, String thread, long since) {
        this.pool = pool;
        this.place = place;
        this.object = place.object();
        this.thread = thread;
        this.since = since;
    }

    @Override
    public T get() {
        if (ended) {
            throw new IllegalStateException("The lease has ended");
        }
        return object;
    }

    @Override
    public void close() {
        if (pool.end(this)) {
            pool.takeBack(place);
        }
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        endOrRefuse();
        pool.takeOut(place);
    }

    @Override
    public T detach() {
        endOrRefuse();
        pool.letGo(place);
        return object;
    }

    private void endOrRefuse() {
        if (!pool.end(this)) {
            throw new IllegalStateException("The lease has ended");
        }
    }
}
