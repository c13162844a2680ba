package io.dewpond.impl;

import io.dewpond.PoolException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is: sees to it that whoever becomes the head of the queue looks, or is looked for, and isn't overtaken for
 * too long. Why that suffices is argued in the {@link Exchange}, to whose lock all this belongs, save that anybody may ask
 * who is the head.
 */
final class Line<T> {
    private final Terms<T> terms;
    private final Slots<T> slots;
    private final Places<T> places;
    private final WaitQueue<T> queue;
    private final Plan<T> plan;
    private final Tally tally;
    private final Beacon beacon;
    private final Errands<T> errands;
    /** Who sheds; null where nobody does. */
    private final @Nullable Doorkeeper<T> doorkeeper;
    /** Whether the head has waited for too long, so that nobody overtakes. */
    private boolean starving;

    Line(
            Terms<T> terms,
            Slots<T> slots,
            Places<T> places,
            WaitQueue<T> queue,
            Plan<T> plan,
            Tally tally,
            Beacon beacon,
            Errands<T> errands,
            @Nullable Doorkeeper<T> doorkeeper) {
        this.terms = terms;
        this.slots = slots;
        this.places = places;
        this.queue = queue;
        this.plan = plan;
        this.tally = tally;
        this.beacon = beacon;
        this.errands = errands;
        this.doorkeeper = doorkeeper;
    }

    /** Whether it is this waiter's turn to look. */
    boolean isHead(Waiter<T> waiter) {
        return queue.head() == waiter;
    }

    /** If this waiter is the head, it has waited for too long: from now on nobody overtakes. */
    void starve(Waiter<T> waiter) {
        starving |= isHead(waiter);
    }

    /** Tells those waiters that can't see it themselves that their time is over; returns when to do so next. */
    long expireLate(long now, After after) {
        for (Waiter<T> late = queue.late(now); late != null; late = queue.late(now)) {
            expire(late, now, after);
        }
        return queue.nextDeadline(now);
    }

    /**
     * Who is served next, if anybody may be lent anything: the oldest waiter who is in time, unless an admission policy sheds it
     * or prefers the newest. Those whose time is over are told so, and those who are shed.
     */
    @Nullable
    Waiter<T> awaiting(long now, After after) {
        Waiter<T> head = oldestInTime(now, after);
        return head == null || doorkeeper == null ? head : admitted(head, doorkeeper, now, after);
    }

    private @Nullable Waiter<T> admitted(Waiter<T> oldest, Doorkeeper<T> doorkeeper, long now, After after) {
        Waiter<T> head = oldest;
        Doorkeeper.Verdict verdict = doorkeeper.judge(head, queue.size(), now, after);
        while (verdict == Doorkeeper.Verdict.SHED) {
            shed(head, doorkeeper.refusal(head, queue.size() - 1, now), now, after);
            head = oldestInTime(now, after);
            if (head == null) {
                return null;
            }
            verdict = doorkeeper.judge(head, queue.size(), now, after);
        }
        return verdict == Doorkeeper.Verdict.SERVE_NEWEST ? newestInTime(now, after) : head;
    }

    private @Nullable Waiter<T> oldestInTime(long now, After after) {
        Waiter<T> head = queue.head();
        while (head != null && head.deadline - now <= 0) {
            expire(head, now, after);
            head = queue.head();
        }
        return terms.suspended ? null : head;
    }

    private @Nullable Waiter<T> newestInTime(long now, After after) {
        Waiter<T> newest = queue.newest();
        while (newest != null && newest.deadline - now <= 0) {
            expire(newest, now, after);
            newest = queue.newest();
        }
        return newest;
    }

    /**
     * Whether this waiter is the one to be served by an object that it has taken as the head, past the lock. If not, that
     * has to be offered.
     */
    boolean isNext(Waiter<T> waiter, After after) {
        return doorkeeper == null || (waiter.queued && awaiting(doorkeeper.now(), after) == waiter);
    }

    /** The shed are woken last: there may be many, and somebody else is to be lent an object. */
    private void shed(Waiter<T> waiter, Supplier<PoolException> refusal, long now, After after) {
        waiter.fail(refusal);
        remove(waiter, now, after);
        tally.rejected++;
        after.addLast(waiter::wake);
    }

    private void expire(Waiter<T> waiter, long now, After after) {
        waiter.expire();
        remove(waiter, now, after);
        tally.timedOut++;
        after.add(waiter::wake);
    }

    boolean remove(Waiter<T> waiter, long now, After after) {
        boolean wasHead = isHead(waiter);
        if (!queue.remove(waiter)) {
            return false;
        }
        if (wasHead) {
            headChanged(now, after);
        }
        return true;
    }

    /** Sees to the new head: that it isn't overtaken if it is too old, and that it looks if there is anything to find. */
    void headChanged(long now, After after) {
        Waiter<T> head = queue.head();
        starving = head != null && (!head.looks() || now - head.since >= Exchange.GRACE_NANOS);
        show();
        if (head != null && !head.looks()) {
            fetch(now, after);
        } else if (head != null && (slots.anyIdle() || !(starving || head.watchful))) {
            head.signal();
        }
    }

    /**
     * Looks in the stead of a head that can't: sends an idle object to be inspected, from where it is offered to whoever is
     * the head then. Nothing if the head looks itself, or may not be lent anything: whoever resumes the pool fetches.
     */
    void fetch(long now, After after) {
        Waiter<T> head = queue.head();
        if (head != null && !head.looks()) {
            bring(now, after);
        }
    }

    /**
     * The head was signalled long ago and hasn't come. A scheduler may have no turn for its thread while others have: the JVM's
     * for virtual threads finds one whose alarm has rung only when a carrier has nothing else to do, and those that yield and come
     * again see to it that none ever has. So nobody overtakes from now on, and what was made idle meanwhile is brought.
     */
    void relieve(Waiter<T> head, After after) {
        if (isHead(head)) {
            starving = true;
            bring(head.since, after);
        }
    }

    private void bring(long now, After after) {
        if (terms.suspended) {
            return;
        }
        Taken<T> found = places.takeLowest();
        if (found != null) {
            places.expect(found.slot());
            after.add(() -> errands.inspect(found.slot(), found.stay()));
        }
        plan.update(0, now, after); // what the last plan took for its due may have gone to another
    }

    /**
     * What the head may have waited for won't come. If anything else is idle, the plan counts on it, and nobody will tell the
     * head of it again; so it has to look there, or it would sleep beside it until its deadline.
     */
    void lookElsewhere(long now, After after) {
        Waiter<T> head = queue.head();
        if (head != null && head.looks() && slots.anyIdle()) {
            head.signal();
        } else {
            fetch(now, after);
        }
    }

    void failAll(Supplier<PoolException> failure, After after) {
        for (Waiter<T> head = queue.head(); head != null; head = queue.head()) {
            Waiter<T> waiter = head;
            waiter.fail(failure);
            queue.remove(waiter);
            after.add(waiter::wake);
        }
        starving = false;
    }

    /** Shows on the beacon how things are now. At the end of each step, and before a step looks at what is idle. */
    void show() {
        long flags = (terms.closed ? Beacon.CLOSED : 0)
                | (terms.surplus() > 0 ? Beacon.SURPLUS : 0)
                | (queue.head() != null ? Beacon.QUEUE : 0)
                | (starving ? Beacon.STARVING : 0)
                | (terms.suspended ? Beacon.SUSPENDED : 0)
                | (terms.warming ? Beacon.WARMING : 0)
                | (places.occupied() < terms.maxSize ? Beacon.ROOM : 0)
                | (terms.ordered ? Beacon.ORDERED : 0);
        beacon.show(Beacon.word(terms.epoch, flags));
    }
}
