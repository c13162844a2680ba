package io.dewpond.impl;

import io.dewpond.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which a pool runs foreign code, a bounded number at once.
 *
 * <p>A {@code ThreadPoolExecutor} can't do this, because its bound counts a thread that hangs. Here a task that overruns
 * its limit loses its thread: the thread is interrupted, if that may be, no longer counts, and ends when the task does; the
 * task hears that it is {@link Task#overdue()}. So hung callbacks never keep others from running, and a bound of one still means
 * that one is at work. Threads start when there is work and end when there has been none for a while.
 *
 * <p>Whoever keeps the time calls {@link #tend}; {@code alarm} tells it when next.
 */
class Workers {
    /** A limit that never passes. */
    static final long UNLIMITED = Long.MAX_VALUE / 2;

    /** When to try again to start a thread. */
    static final long RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Makes the workers of a pool. A test that is to see every interleaving has them start no threads of their own. */
    interface Hiring {
        Workers hire(String name, int bound, Ticker ticker, LongConsumer alarm);
    }

    /** Something to do that may hang. */
    interface Task {
        /** Does it. Whatever it throws is a bug. */
        void run();

        /**
         * The task was still running when its limit had passed; called once, by the thread that keeps the time. It may be
         * ending at this moment, or have ended.
         */
        void overdue();

        /** How long it may run. */
        long limitNanos();

        /** Whether its thread is interrupted when the limit has passed. */
        default boolean isInterruptedWhenOverdue() {
            return true;
        }
    }

    private final String name;
    private final int bound;
    private final Ticker ticker;
    private final LongConsumer alarm;
    private final Threads threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // All guarded by the lock. Small from the start: a quiet pool has several workers, and none of them at work.
    private final Queue<Task> queue = new ArrayDeque<>(1);
    private final List<Worker> busy = new ArrayList<>(0);
    /** Threads that count against the bound. */
    private int counted;
    /** Those of them that wait for work. */
    private int unoccupied;
    /** Threads whose task was overdue and hasn't returned. */
    private int abandoned;

    private int named;
    private long submissions;
    private boolean released;

    Workers(String name, int bound, Ticker ticker, LongConsumer alarm) {
        this(name, bound, ticker, alarm, Threads.ownEach(KEEP_ALIVE_NANOS));
    }

    Workers(String name, int bound, Ticker ticker, LongConsumer alarm, Threads threads) {
        this.threads = threads;
        this.name = name;
        this.bound = bound;
        this.ticker = ticker;
        this.alarm = alarm;
    }

    void submit(Task task) {
        boolean understaffed;
        lock.lock();
        try {
            queue.add(task);
            submissions++;
            understaffed = understaffed();
        } finally {
            lock.unlock();
        }
        if (understaffed) {
            alarm.accept(ticker.nanoTime() + RESTART_NANOS);
        }
    }

    /** Takes the threads from tasks that are overdue; returns when to look again. */
    long tend(long now) {
        return abandon(now, false);
    }

    /** Takes the threads from all that run now, as if they were overdue. */
    void abandonAll() {
        abandon(ticker.nanoTime(), true);
    }

    private long abandon(long now, boolean all) {
        List<Overdue> lost = new ArrayList<>();
        long next = now + UNLIMITED;
        lock.lock();
        try {
            for (Worker worker : List.copyOf(busy)) {
                if (all || worker.due - now <= 0) {
                    lost.add(worker.abandon());
                } else {
                    next = Math.min(next - now, worker.due - now) + now;
                }
            }
            if (understaffed()) {
                next = Math.min(next - now, RESTART_NANOS) + now;
            }
        } finally {
            lock.unlock();
        }
        lost.forEach(Overdue::giveUp);
        return next;
    }

    /** Whether there are tasks that no thread has taken yet. */
    boolean hasWaiting() {
        lock.lock();
        try {
            return !queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks there have been. */
    long submissions() {
        lock.lock();
        try {
            return submissions;
        } finally {
            lock.unlock();
        }
    }

    int abandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the threads go as soon as there is nothing left to do. What comes later is still done, by new ones. */
    void release() {
        lock.lock();
        try {
            released = true;
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sees to it that each waiting task has a thread coming, within the bound. A thread is unoccupied from its start,
     * or from the end of its last task, until it has taken a task: also while it is on its way to one.
     *
     * @return whether threads are missing that couldn't be started; the tasks stay queued, and tend() tries again
     */
    private boolean understaffed() {
        while (queue.size() > unoccupied && counted < bound) {
            try {
                threads.start(name + "-" + (named + 1), new Worker());
            } catch (Throwable noThread) {
                Log.POOL.warn("Can't start a thread for '{}', trying again: {}", name, noThread.toString());
                return true;
            }
            named++;
            counted++;
            unoccupied++;
        }
        work.signal();
        return false;
    }

    private final class Worker implements Job {
        // Guarded by the lock.
        private @Nullable Thread thread;
        private @Nullable Task task;
        private long due;
        private boolean lost;
        /** A new thread is counted as unoccupied by the one who starts it. */
        private boolean fresh = true;

        @Override
        public boolean run() {
            for (Task next = next(); next != null; next = next()) {
                if (next.limitNanos() != UNLIMITED) {
                    alarm.accept(ticker.nanoTime() + next.limitNanos());
                }
                try {
                    next.run();
                } catch (Throwable bug) {
                    Log.POOL.error("bug: a task of '{}' threw", name, bug);
                }
            }
            return !lost; // written by another thread, but read under the lock by this one since
        }

        private @Nullable Task next() {
            lock.lock();
            try {
                busy.remove(this);
                task = null;
                if (lost) {
                    abandoned--;
                    return null;
                }
                if (!fresh) {
                    unoccupied++;
                }
                fresh = false;
                Thread.interrupted(); // a leftover of the last callback
                awaitWork();
                unoccupied--;
                Task taken = queue.poll();
                if (taken == null) {
                    counted--;
                    return null;
                }
                task = taken;
                thread = Thread.currentThread();
                due = ticker.nanoTime() + taken.limitNanos();
                busy.add(this);
                return taken;
            } finally {
                lock.unlock();
            }
        }

        private void awaitWork() {
            long left = threads.keepAliveNanos();
            while (queue.isEmpty() && !released && left > 0) {
                try {
                    left = work.awaitNanos(left);
                } catch (InterruptedException e) {
                    // A late echo of a callback that interrupted this thread; there is nothing to end early.
                }
            }
        }

        /** The task is told by name, for its thread may be done with it before anybody gives it up. */
        Overdue abandon() {
            Task running = task;
            Thread runner = thread;
            if (running == null || runner == null) {
                throw new AssertionError("bug: a worker of " + name + " is idle");
            }
            busy.remove(this);
            lost = true;
            counted--;
            abandoned++;
            return new Overdue(runner, running);
        }
    }

    /** What was running past its limit when the lock was held; perhaps it has ended since, and hears of it too late. */
    private record Overdue(Thread thread, Task task) {
        /** Settles the task's account before its thread learns of it. A lost thread takes no other task to hit. */
        void giveUp() {
            task.overdue();
            if (task.isInterruptedWhenOverdue()) {
                thread.interrupt();
            }
        }
    }
}
