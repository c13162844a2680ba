package io.dewpond.impl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many objects several pools may have together, and who gets the next. A place of a pool holds one <i>permit</i> from
 * the moment it is claimed until it is empty again, so the bound holds at each moment by the same argument as the maximum of a
 * single pool.
 *
 * <h2>Why no permit is idle while somebody wants one</h2>
 *
 * A pool that is refused a permit says at the end of that step what it lacks, and is <i>listed</i>. Each step here ends in
 * {@link #distribute}: a free permit is reserved for the first of the list, who is taken off it and planned again when the
 * locks are free. Whatever that pool doesn't use, it gives on at the end of the step in which it is planned; whatever it lacks
 * then, it says again. So at the end of each step here nothing is free or nobody is listed, and each reserved permit has an
 * errand on its way.
 *
 * <h2>Why nobody waits while another key has something idle</h2>
 *
 * The budget is <i>pressed</i> while those who wait want more than is being destroyed for them already. Who makes it so looks
 * for idle objects afterwards; who makes an object idle, or leaves one behind idle with nobody waiting for it, looks whether it
 * is pressed afterwards. Both steps of both are volatile, so one sees the other. Who has found an object claims it as a yield
 * first, which may end the pressing, and takes it then; if it is gone, he gives the claim back, which presses again, and looks
 * again.
 *
 * <p>The lock is a leaf: a pool's own is held when it is taken, and none is taken under it.
 */
final class Budget {
    private static final Comparator<Allowance> SOONEST_FIRST = Budget::compare;

    private final ReentrantLock lock = new ReentrantLock();
    /** Who lacks permits: those with waiters first, the longest waiting before the others; then who lacks spares. */
    private final TreeSet<Allowance> listed = new TreeSet<>(SOONEST_FIRST);
    /** Those of them whose waiters have nothing to hope for from their own pool, which has no object at all. */
    private final TreeSet<Allowance> destitute = new TreeSet<>(SOONEST_FIRST);

    private final int most;
    private int free;
    /** How many more permits those who wait want. */
    private int wanted;
    /** How many objects are being destroyed to make room. */
    private int yielding;

    private boolean closed;

    private volatile boolean pressed;

    Budget(int most) {
        this.most = most;
        free = most;
    }

    /** What came of a step: who has to be planned again, and whether somebody should look for what could make room. */
    record Outcome(List<Allowance> served, boolean presses) {}

    /** Readings of the time compare by their difference only. */
    private static int compare(Allowance a, Allowance b) {
        int byKind = Boolean.compare(a.waiters == 0, b.waiters == 0);
        int bySince = byKind != 0 || a.waiters == 0 ? byKind : Long.signum(a.since - b.since);
        return bySince != 0 ? bySince : Long.compare(a.number, b.number);
    }

    /** Whether those who wait want more room than is being made. Takes no lock. */
    boolean isPressed() {
        return pressed;
    }

    /** Why there is no room, if there is none. */
    @Nullable
    IllegalStateException shortage() {
        boolean full = locked(() -> free == 0 ? 1 : 0) > 0;
        return full
                ? new IllegalStateException("all " + most + " objects that the keys may have together are there")
                : null;
    }

    /** Takes a permit, if one is reserved or free. */
    boolean take(Allowance pool) {
        return locked(() -> {
                    if (pool.reserved > 0) {
                        pool.reserved--;
                    } else if (free > 0) {
                        free--;
                    } else {
                        return 0;
                    }
                    destitute.remove(pool);
                    pool.held++;
                    return 1;
                })
                > 0;
    }

    /** A place has become empty. What that makes of what its pool lacks, the pool says at the end of the same step. */
    Outcome give(Allowance pool, boolean yielded) {
        return step(() -> {
            pool.held--;
            yielding -= yielded ? 1 : 0;
            free++;
        });
    }

    /**
     * A pool says at the end of a step what it lacks for want of permits.
     *
     * @param waiters how many permits for those who wait
     * @param spares how many for spares
     * @param since since when the first of the waiters waits
     */
    Outcome settle(Allowance pool, int waiters, int spares, long since) {
        return step(() -> {
            unlist(pool);
            int unused = Math.max(0, pool.reserved - waiters - spares);
            pool.reserved -= unused;
            free += unused;
            int served = Math.min(waiters, pool.reserved);
            pool.waiters = waiters - served;
            pool.spares = spares - (pool.reserved - served);
            pool.since = since;
            list(pool);
        });
    }

    /**
     * Claims that an object which nobody waits for is destroyed to make room. False if that isn't needed.
     *
     * @param passing whether it is for a borrower who doesn't wait
     */
    boolean beginYield(boolean passing) {
        return locked(() -> {
                    if (wanted + (passing ? 1 : 0) <= yielding + free) {
                        return 0;
                    }
                    yielding++;
                    return 1;
                })
                > 0;
    }

    /** Claims the same for an object that somebody waits for, if another who has nothing at all has waited for longer. */
    boolean beginYieldBefore(long since) {
        return locked(() -> {
                    int older = 0;
                    for (Allowance pool : destitute) {
                        if (pool.since - since >= 0 || older > yielding) {
                            break;
                        }
                        older++;
                    }
                    if (older <= yielding) {
                        return 0;
                    }
                    yielding++;
                    return 1;
                })
                > 0;
    }

    /** Nothing came of a claim; who made it looks again. */
    void cancelYield() {
        int unused = locked(() -> --yielding);
    }

    /** From now on nobody is served, for all is being shut down. */
    void close() {
        int unused = locked(() -> {
            closed = true;
            return 0;
        });
    }

    // ---- Under the lock --------------------------------------------------------------------------------------------

    private void list(Allowance pool) {
        if (pool.waiters + pool.spares > 0) {
            listed.add(pool);
            wanted += pool.waiters;
            if (pool.waiters > 0 && pool.held == 0 && pool.reserved == 0) {
                destitute.add(pool);
            }
        }
        pool.involved = pool.waiters + pool.spares + pool.reserved > 0;
    }

    private void unlist(Allowance pool) {
        if (listed.remove(pool)) {
            wanted -= pool.waiters;
            destitute.remove(pool);
        }
    }

    /**
     * Reserves what is free, a permit each for the first ones. Who gets one is off the list until it has said what else it
     * lacks: its next waiter may be younger than those of others.
     */
    private List<Allowance> distribute() {
        List<Allowance> served = new ArrayList<>(1);
        while (free > 0 && !closed && !listed.isEmpty()) {
            Allowance first = listed.first();
            unlist(first);
            free--;
            first.reserved++;
            first.waiters = 0;
            first.spares = 0;
            served.add(first);
        }
        return served;
    }

    private Outcome step(Runnable change) {
        lock.lock();
        try {
            change.run();
            List<Allowance> served = distribute();
            boolean before = pressed;
            show();
            return new Outcome(served, pressed && !before);
        } finally {
            lock.unlock();
        }
    }

    private int locked(IntSupplier change) {
        lock.lock();
        try {
            int result = change.getAsInt();
            show();
            return result;
        } finally {
            lock.unlock();
        }
    }

    private void show() {
        boolean now = wanted > yielding && !closed;
        if (pressed != now) {
            pressed = now;
        }
    }
}
