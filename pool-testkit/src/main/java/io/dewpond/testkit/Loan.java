package io.dewpond.testkit;

import io.dewpond.LeaseHolder;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

/** What the {@link ReferencePool} remembers of a lease without keeping it; guarded by the pool's lock. */
final class Loan<T> {
    final Thread borrower;
    final long since;
    final WeakReference<ReferenceLease<T>> lease;
    /** Where the object was acquired; empty if that isn't recorded. */
    List<StackTraceElement> site;
    /** Written under the lock, by whoever ends the lease. */
    volatile boolean ended;
    /** Whether it was told to be overdue. */
    boolean overdue;

    Loan(Thread borrower, long since, ReferenceLease<T> lease, List<StackTraceElement> site) {
        this.borrower = borrower;
        this.since = since;
        this.lease = new WeakReference<>(lease);
        this.site = site;
    }

    LeaseHolder holder(long now) {
        return new LeaseHolder(borrower.getName(), Duration.ofNanos(now - since), site);
    }
}
