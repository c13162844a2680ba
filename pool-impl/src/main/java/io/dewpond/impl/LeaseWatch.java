package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks after the leases that are out: takes back the objects of those that were lost or are out for too long, and tells of
 * those that are overdue. The keeper's thread looks, and nobody else.
 *
 * <p>Lost leases are looked for whenever there is a look at all, and that is: when somebody begins to wait, or finds
 * nothing and doesn't wait; every interval from then on, while anybody waits; and at whatever else the maintenance has to do.
 * One look suspects a lease, and a later one finds that it was collected. So a pool that lost leases have exhausted serves
 * again within an interval of the collection, and one in which nobody
 * misses anything isn't woken for it.
 *
 * <p>That an overdue lease has ended is noticed by looking too, every interval while there is one. To have its release tell
 * would be sooner, but it would take a look at a flag in every release, or a race with who sets the flag.
 */
final class LeaseWatch<T> {

    private final String name;
    private final long interval;
    private final Slots<T> slots;
    private final Crew<T> crew;
    private final Exchange<T> exchange;
    private final Vigil vigil;
    private final Events<T> events;

    /** The leases that were told to be overdue and haven't been seen to have ended. */
    private final Map<Slot<T>, Holding<T>> overdue = new HashMap<>();

    LeaseWatch(String name, long interval, Slots<T> slots, Crew<T> crew, Vigil vigil, Events<T> events) {
        this.name = name;
        this.interval = interval;
        this.slots = slots;
        this.crew = crew;
        this.vigil = vigil;
        this.events = events;
        exchange = crew.exchange();
    }

    /** Looks at all leases; returns when to look again. */
    long look(long now) {
        long soonest = Clock.FAR_NANOS;
        for (Slot<T> slot : slots.all()) {
            Holding<T> held = slot.holding();
            if (held == null) {
                continue;
            }
            if (slot.isLost(held.stay())) {
                crew.recover(held, now);
                continue;
            }
            slot.suspect(); // for the next look
            if (vigil.isKept()) {
                soonest = Math.min(soonest, judge(held, now));
            }
        }
        tellEnds(now);
        long in = soonest == Clock.FAR_NANOS ? rest(now) : soonest;
        boolean searches = exchange.keepsSearching();
        return now + (searches || !overdue.isEmpty() ? Math.min(in, interval) : in);
    }

    /** Does what is due for a lease that is out; returns how long it is until more is due. */
    private long judge(Holding<T> held, long now) {
        long untilOverdue = isTold(held) ? Clock.FAR_NANOS : vigil.untilOverdue(held.since(), now);
        if (untilOverdue <= 0) {
            tellOverdue(held, now);
            untilOverdue = Clock.FAR_NANOS;
        }
        long untilReclaimed = vigil.untilReclaimed(held.since(), now);
        if (untilReclaimed <= 0) {
            crew.reclaim(held, now);
            return Clock.FAR_NANOS;
        }
        return Math.min(untilOverdue, untilReclaimed);
    }

    /** Leaves it to the next lease to wake it, unless something is lent by now; returns when to look again. */
    private long rest(long now) {
        if (!vigil.isKept()) {
            return Clock.FAR_NANOS;
        }
        vigil.sleep();
        for (Slot<T> slot : slots.all()) {
            if (slot.state() == State.LEASED) {
                vigil.stayAwake();
                return vigil.firstAt(now) - now;
            }
        }
        return Clock.FAR_NANOS;
    }

    private boolean isTold(Holding<T> held) {
        Holding<T> told = overdue.get(held.slot());
        return told != null && told.stay() == held.stay();
    }

    private void tellOverdue(Holding<T> held, long now) {
        tellEnd(held.slot(), now); // of a lease before this one
        List<StackTraceElement> stack = List.of(held.borrower().getStackTrace());
        if (held.slot().stay() != held.stay()) {
            return; // it has ended meanwhile, and the stack may be of anything
        }
        overdue.put(held.slot(), held);
        LeaseHolder holder = held.at(now);
        if (Log.POOL.isWarnEnabled()) {
            Log.POOL.warn(
                    "Pool '{}': {} has held an object for {}; what it is doing now:{}{}",
                    name,
                    holder.thread(),
                    holder.held(),
                    Stacks.lines(stack),
                    Stacks.acquiredAt(holder));
        }
        events.leaseOverdue(holder, stack);
    }

    private void tellEnds(long now) {
        for (Slot<T> slot : List.copyOf(overdue.keySet())) {
            tellEnd(slot, now);
        }
    }

    private void tellEnd(Slot<T> slot, long now) {
        Holding<T> told = overdue.get(slot);
        if (told != null && slot.stay() != told.stay()) {
            overdue.remove(slot);
            LeaseHolder holder = told.at(now);
            Log.POOL.warn("Pool '{}': an overdue lease of {} has ended after {}", name, holder.thread(), holder.held());
            events.tell(listener -> listener.overdueLeaseEnded(holder));
        }
    }
}
