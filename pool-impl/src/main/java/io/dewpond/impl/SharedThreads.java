package io.dewpond.impl;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that the {@link Workers} of many pools use by turns, so that a pool that lives for a moment starts none. How many
 * there are is the workers' business: each of these is bounded, and none waits for a thread because others hang.
 */
final class SharedThreads implements Threads {
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String name;
    private final @Nullable ClassLoader contextLoader = Thread.currentThread().getContextClassLoader();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    // All guarded by the lock.
    private final Queue<Job> queue = new ArrayDeque<>();
    /** Threads that wait for a job, or are on their way to one. */
    private int unoccupied;

    private int named;
    private boolean released;

    SharedThreads(String name) {
        this.name = name;
    }

    @Override
    public void start(String ignored, Job job) {
        lock.lock();
        try {
            if (queue.size() == unoccupied) {
                Threads.make(name + "-" + (named + 1), contextLoader, this::work)
                        .start();
                named++;
                unoccupied++;
            }
            queue.add(job);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** A job that has nothing more to do gives its thread to the next at once. */
    @Override
    public long keepAliveNanos() {
        return 0;
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

    private void work() {
        Job job = next();
        while (job != null && job.run()) {
            lock.lock();
            try {
                unoccupied++;
            } finally {
                lock.unlock();
            }
            job = next();
        }
    }

    private @Nullable Job next() {
        lock.lock();
        try {
            long left = KEEP_ALIVE_NANOS;
            while (queue.isEmpty() && !released && left > 0) {
                try {
                    left = work.awaitNanos(left);
                } catch (InterruptedException e) {
                    // A leftover of a callback; there is nothing to end early.
                }
            }
            unoccupied--;
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }
}
