package io.dewpond.impl;

import io.dewpond.PoolConfig;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has to be made: for those who wait and for the minimum, beyond what is on its way, within the bounds, and not too
 * soon after a failure. Belongs to the lock of the {@link Exchange}; there it is argued why the maximum holds.
 *
 * <h2>Why a creation may be elided</h2>
 *
 * Between the plan and the start of a creation its waiter may have been served by a release, or have left. So the creator
 * thread asks {@link Creations#begins} first, and if without this creation nothing were missing, the place is empty again
 * and no factory is called. No waiter is left without: the count is the plan's own, taken under the same lock, and the place
 * is given back in the same step; so what is left is a state in which the plan would start nothing, and each of two
 * creations that could be spared for the other sees whether the other is still there. Whatever takes away later what was
 * counted on (it fails, is condemned, or goes to one who overtakes) has it counted again, as ever. A borrower who doesn't
 * wait isn't in the queue to be counted: as long as a creation is {@link #promise promised} to such a one, the last object
 * that is expected isn't elided.
 */
final class Plan<T> {
    private final Terms<T> terms;
    private final Places<T> places;
    private final WaitQueue<T> queue;
    private final Errands<T> errands;
    /** What this pool may have of the budget it shares with others, if it shares one. */
    private final @Nullable Allowance allowance;

    private final int maxConcurrentCreations;
    /** How long a creation may run before nobody counts on it any more. */
    private final long slowNanos;

    /** Whether it takes a lease to tell that creations succeed. */
    private final boolean provedByLending;

    private final Backoff backoff;
    /** Creations that run and are counted on, the oldest first; some may be over. */
    private final Queue<Begun<T>> begun = new ArrayDeque<>();
    /** Whether a creation that runs, or is about to, was asked for by a borrower who didn't wait for it. */
    private boolean promised;
    /** Read by anybody. */
    private volatile @Nullable Throwable lastFailure;

    private long failedAt;
    /** Whether the last plan stopped for want of room in the budget. */
    private boolean lacks;
    /** Whether an object was destroyed to make room for other pools, and nobody has asked for one here since. */
    private boolean modest;

    Plan(
            PoolConfig<T> config,
            Terms<T> terms,
            Places<T> places,
            WaitQueue<T> queue,
            Errands<T> errands,
            @Nullable Allowance allowance) {
        this.allowance = allowance;
        this.terms = terms;
        this.places = places;
        this.queue = queue;
        this.errands = errands;
        maxConcurrentCreations = config.maxConcurrentCreations();
        slowNanos = config.createTimeout().toNanos() / Exchange.SLOW_PART;
        provedByLending = config.beforeLend() != null;
        backoff = new Backoff(
                config.retryDelay().toNanos(), config.maxRetryDelay().toNanos());
    }

    /** Starts what it takes to serve those who wait and to have the spares, beyond what is on its way. */
    void update(int extra, long now, After after) {
        if (terms.closed) {
            return;
        }
        countOutTheSlow(now);
        lacks = false;
        modest = modest && queue.size() == 0 && extra == 0;
        int room = room();
        if (room <= 0) {
            return;
        }
        int wanted = missing(extra);
        for (int i = 0; i < Math.min(wanted, room); i++) {
            if (backoff.blocks(now)) {
                long retryAt = backoff.retryAt();
                after.add(() -> errands.wakeAt(retryAt));
                return;
            }
            if (allowance != null && !allowance.take()) {
                lack(extra, allowance, after);
                return;
            }
            Taken<T> claimed = places.beginCreation(terms.epoch);
            after.add(() -> errands.create(claimed.slot(), claimed.stay()));
        }
    }

    /**
     * How many creations may be begun. Since the last one failed, one at a time is tried: as long as there is no hope, more
     * would tell nothing more, and the first that succeeds clears the way for all. One that is slow doesn't count, or a connect
     * that hangs would keep the pool from finding out that the next would not.
     */
    private int room() {
        int room = Math.min(maxConcurrentCreations - places.creating(), terms.maxSize - places.occupied());
        return lastFailure == null ? room : Math.min(room, 1 - places.promising());
    }

    /** There is no room in the budget: those who wait will say so, and who doesn't wait has some made for the next. */
    private void lack(int extra, Allowance shared, After after) {
        lacks = true;
        if (queue.size() == 0 && extra > 0) {
            after.add(() -> shared.makeRoom(true));
        }
    }

    /**
     * Tells the budget what is missing for want of room in it. At the end of each step, for each may change what is missing;
     * whether there is anything to tell, the last plan has found out. A pool whose creations fail counts as having waited
     * since the last failure, so that it takes its turns behind the others.
     */
    void settle(Allowance shared, boolean unused, After after) {
        int wanted = lacks && !unused && !terms.closed ? Math.min(room(), missing(0)) : 0;
        if (wanted <= 0) {
            shared.settle(0, 0, 0, after);
            return;
        }
        int served = provided() + places.idle(queue.size(), false) + Math.max(0, places.expected());
        int waiters = Math.max(0, Math.min(wanted, queue.size() - served));
        long since = waiters > 0 ? queue.since(served) : 0;
        boolean failed = lastFailure != null && failedAt - since > 0;
        shared.settle(waiters, wanted - waiters, failed ? failedAt : since, after);
    }

    /** How many of those who wait are about to leave with an object: the head may be. */
    private int provided() {
        Waiter<T> head = queue.head();
        return head != null && head.provided ? 1 : 0;
    }

    /** An object is destroyed to make room for other pools: no spare is made in its place until somebody asks for one. */
    void yielded() {
        modest = true;
    }

    /** When it is no longer too soon to try again. */
    long retryAt() {
        return backoff.retryAt();
    }

    /** What takes long may take for ever: somebody who waits for it is better served by another, if there is room. */
    private void countOutTheSlow(long now) {
        for (Begun<T> first = begun.peek(); first != null && first.slowAt() - now <= 0; first = begun.peek()) {
            begun.remove();
            if (!first.isOver()) {
                places.countOut(first.slot());
            }
        }
    }

    /**
     * How many objects have to be made for those who wait and for the minimum, beyond what is on its way; less than none
     * if more are on their way than that.
     */
    private int missing(int extra) {
        // What is idle is about to be taken by those who wait; what they leave is spare. While the pool is suspended
        // nobody can be served: what is made then is for the minimum, and a resume makes the plan anew.
        int needed = terms.suspended ? 0 : Math.max(queue.size() - provided(), extra);
        int minIdle = keepsSpares(needed) ? terms.minIdle : 0;
        int idle = places.idle(needed, false);
        int spare = Math.max(0, places.idle(needed + minIdle, true) - needed);
        return needed - idle + minIdle - spare - places.expected();
    }

    /** Of pools that share a budget, one that nobody uses keeps no spares where others want the room, or it can't have any. */
    private boolean keepsSpares(int needed) {
        return allowance == null || needed > 0 || !(modest || (lastFailure != null && places.occupied() == 0));
    }

    /** Whether something would be missing without one of the creations that are on their way. */
    boolean isNeeded() {
        return missing(0) >= 0 || (promised && places.expected() == 1);
    }

    /** A creation begins. It is counted on until it is {@link Begun slow}. */
    void begun(Slot<T> slot, long stay, long now, After after) {
        long slowAt = now + slowNanos;
        begun.removeIf(Begun::isOver);
        begun.add(new Begun<>(slot, stay, slowAt));
        after.add(() -> errands.wakeAt(slowAt));
    }

    /** A borrower who doesn't wait has had the plan made, and what is being made is for him. */
    void promise() {
        promised |= queue.size() == 0 && places.creating() > 0;
    }

    /** A creation has ended: what was promised was kept as far as it went. */
    void promiseKept() {
        promised = false;
    }

    /** A new object is there. Where there is a hook at its first lease, it may still turn out to be bad. */
    void made() {
        if (!provedByLending) {
            succeeded();
        }
    }

    void succeeded() {
        backoff.succeeded();
        lastFailure = null;
    }

    /** Another factory makes the objects from now on: how the former fared says nothing of it. */
    void factoryReplaced() {
        succeeded();
    }

    void failed(Throwable cause, long leastDelay, long now) {
        lastFailure = cause;
        failedAt = now;
        backoff.failed(now, leastDelay);
    }

    /** Whether it is too soon after a failure to try again. */
    boolean isBackingOff(long now) {
        return backoff.blocks(now);
    }

    /** Takes no lock. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * A creation that runs. At a quarter of its time it counts as slow: it goes on, and takes its share of the creations
     * that may run at once, but no longer keeps another from being begun. So one that hangs delays those who wait for a
     * quarter of the {@code createTimeout}, where there is room, and not for the whole of it.
     */
    private record Begun<T>(Slot<T> slot, long stay, long slowAt) {
        boolean isOver() {
            return slot.stay() != stay;
        }
    }
}
