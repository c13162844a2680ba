package io.dewpond.testkit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A gate holds the threads that come to it until a test opens it: it makes a callback slow for exactly as long as the
 * test wants.
 *
 * <p>A gate stays open once it is. All methods may be called from any thread; what a thread did before it opened the
 * gate <i>happens-before</i> what those do that pass it.
 */
public final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int arrived;
    private boolean open;

    /** Makes a gate that is closed. */
    public Gate() {}

    /**
     * Waits until the gate is open.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void pass() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            arrive();
            while (!open) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the gate is open, whatever interrupt comes; the interrupt flag is kept. */
    public void passUninterruptibly() {
        lock.lock();
        try {
            arrive();
            while (!open) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opens the gate for good and lets everybody pass; does nothing if it is open. */
    public void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns how many threads have come to the gate so far, those that have passed it included.
     *
     * @return the number
     */
    public int arrived() {
        lock.lock();
        try {
            return arrived;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until that many threads have come to the gate.
     *
     * @param threads how many, those that have passed included
     * @param patience how long to wait for them
     * @throws AssertionError if they don't come in time
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    public void awaitArrivals(int threads, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (arrived < threads) {
                if (left <= 0) {
                    throw new AssertionError(arrived + " of " + threads + " threads came to the gate in " + patience);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void arrive() {
        arrived++;
        changed.signalAll();
    }
}
