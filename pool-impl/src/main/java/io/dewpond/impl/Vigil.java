package io.dewpond.impl;

import java.util.function.LongConsumer;

/**
 * Whether anybody will look in time at a lease that is given now. While nothing is lent the maintenance sleeps, and the
 * first lease after that wakes it; so a quiet pool costs nothing though it watches over leases, and a busy one no more
 * than one look in that time.
 *
 * <p>Who lends leases the slot first and looks here then; who goes to sleep says so first and looks for leased slots then.
 * All four steps are volatile, so one of the two sees the other.
 */
final class Vigil {
    private final long overdueNanos;
    private final long reclaimNanos;
    /** The first of the two; a lease is not reclaimed before it is overdue. */
    private final long firstNanos;

    private final LongConsumer alarm;
    /** Never true where nothing is ever overdue: that is all that a lease costs there. */
    private volatile boolean asleep;

    /**
     * @param overdueNanos after what time a lease is overdue; none ever is with zero
     * @param reclaimNanos after what time a lease is reclaimed; none ever is with zero
     */
    Vigil(long overdueNanos, long reclaimNanos, LongConsumer alarm) {
        this.overdueNanos = overdueNanos;
        this.reclaimNanos = reclaimNanos;
        this.alarm = alarm;
        firstNanos = overdueNanos > 0 ? overdueNanos : reclaimNanos;
        asleep = isKept();
    }

    boolean isKept() {
        return firstNanos > 0;
    }

    /** How long it is until a lease from that time on is overdue. */
    long untilOverdue(long since, long now) {
        return until(overdueNanos, since, now);
    }

    /** How long it is until a lease from that time on is to be ended. */
    long untilReclaimed(long since, long now) {
        return until(reclaimNanos, since, now);
    }

    private static long until(long nanos, long since, long now) {
        return nanos == 0 ? Clock.FAR_NANOS : since + nanos - now;
    }

    /** When there is something to do for a lease from that time on, if it lasts. */
    long firstAt(long since) {
        return since + firstNanos;
    }

    /** A lease has been given. Not called under a lock. */
    void lent(long now) {
        if (asleep) {
            asleep = false;
            alarm.accept(firstAt(now));
        }
    }

    void sleep() {
        asleep = true;
    }

    void stayAwake() {
        asleep = false;
    }
}
