package io.dewpond.impl;

import io.dewpond.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that does what is due, for all pools that run on one {@link Ticker}: in production, for all pools. It
 * starts with the first pool and ends with the last, and never runs foreign code, so nothing can hold it up.
 */
final class Keeper {
    /** What is to be done from time to time, as a function of time. */
    interface Chore {
        /** Does what is due at the given time, without blocking; returns when it wants to run next. */
        long run(long now);
    }

    private static final long FAR = Long.MAX_VALUE / 2;
    private static final long AFTER_BUG_NANOS = 1_000_000_000;

    /** Guards everything static and everything in every keeper; held for a few steps, never over a chore. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final IdentityHashMap<Ticker, Keeper> KEEPERS = new IdentityHashMap<>();

    private final Ticker ticker;
    private final Map<Chore, Long> dueTimes = new HashMap<>();
    private final Thread thread;
    /** When the thread means to wake. While it is up this may be stale; then a needless unpark costs one more look. */
    private long wakesAt;

    private Keeper(Ticker ticker, long now) {
        this.ticker = ticker;
        this.wakesAt = now;
        thread = new Thread(null, this::keep, "dewpond-keeper", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    /** Takes a chore in, to be run at once and then whenever it asks. */
    static void add(Ticker ticker, Chore chore) {
        long now = ticker.nanoTime();
        LOCK.lock();
        try {
            Keeper keeper = KEEPERS.get(ticker);
            boolean first = keeper == null;
            if (keeper == null) {
                keeper = new Keeper(ticker, now);
            }
            keeper.dueTimes.put(chore, now);
            if (first) {
                keeper.thread.start();
                KEEPERS.put(ticker, keeper); // only now: a start may fail for want of threads
            }
            LockSupport.unpark(keeper.thread);
        } finally {
            LOCK.unlock();
        }
    }

    /** Forgets a chore. It may be running at this moment, for the last time. */
    static void remove(Ticker ticker, Chore chore) {
        LOCK.lock();
        try {
            Keeper keeper = KEEPERS.get(ticker);
            if (keeper != null && keeper.dueTimes.remove(chore) != null && keeper.dueTimes.isEmpty()) {
                KEEPERS.remove(ticker);
                LockSupport.unpark(keeper.thread);
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Has the chore run at the given time or earlier; nothing if it has been removed. */
    static void wake(Ticker ticker, Chore chore, long at) {
        LOCK.lock();
        try {
            Keeper keeper = KEEPERS.get(ticker);
            if (keeper == null) {
                return;
            }
            Long due = keeper.dueTimes.get(chore);
            if (due != null && at - due < 0) {
                keeper.dueTimes.put(chore, at);
                if (at - keeper.wakesAt < 0) {
                    LockSupport.unpark(keeper.thread);
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Has the keeper look up, though none of its chores is due. */
    static void rouse(Ticker ticker) {
        LOCK.lock();
        try {
            Keeper keeper = KEEPERS.get(ticker);
            if (keeper != null) {
                LockSupport.unpark(keeper.thread);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private void keep() {
        List<Chore> due = new ArrayList<>();
        while (true) {
            long now = ticker.nanoTime();
            long wakeAt = plan(due, now);
            if (due.isEmpty()) {
                if (wakeAt == now) {
                    if (ticksCoarseTime()) {
                        CoarseTime.stop();
                    }
                    return;
                }
                if (ticksCoarseTime()) {
                    long tickAt = CoarseTime.tick(now, wakeAt);
                    wakeAt = tickAt - wakeAt < 0 ? tickAt : wakeAt;
                }
                Thread.interrupted(); // nobody has a reason to interrupt this thread, and a set flag would make it spin
                ticker.parkUntil(this, wakeAt);
            }
            for (Chore chore : due) {
                run(chore, now);
            }
            due.clear();
        }
    }

    private boolean ticksCoarseTime() {
        return ticker == Ticker.system();
    }

    /**
     * Collects the chores that are due, putting them off until they say otherwise. Returns when the next is due; now if
     * there is no chore left at all.
     */
    private long plan(List<Chore> due, long now) {
        LOCK.lock();
        try {
            if (dueTimes.isEmpty()) {
                return now;
            }
            long soonest = FAR;
            for (Map.Entry<Chore, Long> entry : dueTimes.entrySet()) {
                long in = entry.getValue() - now;
                if (in <= 0) {
                    due.add(entry.getKey());
                    entry.setValue(now + FAR);
                } else {
                    soonest = Math.min(soonest, in);
                }
            }
            wakesAt = now + soonest;
            return wakesAt;
        } finally {
            LOCK.unlock();
        }
    }

    private void run(Chore chore, long now) {
        long next;
        try {
            next = chore.run(now);
        } catch (Throwable bug) {
            Log.POOL.error("bug: the maintenance of a pool threw; it goes on", bug);
            next = now + AFTER_BUG_NANOS;
        }
        wake(ticker, chore, next);
    }
}
