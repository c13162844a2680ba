package io.dewpond.impl;

import java.util.function.LongConsumer;

/**
 * Whether anybody will look in time at a lease that is given now. While nothing is lent the maintenance sleeps, and the
 * first lease after that wakes it; so a quiet pool costs nothing though it reports overdue leases, and a busy one no more
 * than one look in that time.
 *
 * <p>Who lends leases the slot first and looks here then; who goes to sleep says so first and looks for leased slots then.
 * All four steps are volatile, so one of the two sees the other.
 */
final class Vigil {
    private final long overdueNanos;
    private final LongConsumer alarm;
    /** Never true where nothing is ever overdue: that is all that a lease costs there. */
    private volatile boolean asleep;

    /** @param overdueNanos after what time a lease is overdue; none ever is with zero */
    Vigil(long overdueNanos, LongConsumer alarm) {
        this.overdueNanos = overdueNanos;
        this.alarm = alarm;
        asleep = overdueNanos > 0;
    }

    boolean isKept() {
        return overdueNanos > 0;
    }

    /** When a lease from that time on is overdue. */
    long overdueAt(long since) {
        return since + overdueNanos;
    }

    /** A lease has been given. Not called under a lock. */
    void lent(long now) {
        if (asleep) {
            asleep = false;
            alarm.accept(overdueAt(now));
        }
    }

    void sleep() {
        asleep = true;
    }

    void stayAwake() {
        asleep = false;
    }
}
