package io.dewpond.testkit;

import io.dewpond.Lease;
import java.lang.ref.Reference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lease of the {@link ReferencePool}. */
final class ReferenceLease<T> implements Lease<T> {
    final Place<T> place;
    final Loan<T> loan;

    private final ReferencePool<T> pool;
    private final T object;

    ReferenceLease(ReferencePool<T> pool, Place<T> place, Thread borrower, long since, List<StackTraceElement> site) {
        this.pool = pool;
        this.place = place;
        this.object = place.object();
        this.loan = new Loan<>(borrower, since, this, site);
    }

    @Override
    public T get() {
        if (loan.ended) {
            throw new IllegalStateException("The lease has ended");
        }
        return object;
    }

    @Override
    public void close() {
        if (end()) {
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

    /** The fence keeps this from being collected, and taken for lost, while it is being ended. */
    private boolean end() {
        try {
            return pool.end(this);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void endOrRefuse() {
        if (!end()) {
            throw new IllegalStateException("The lease has ended");
        }
    }
}
