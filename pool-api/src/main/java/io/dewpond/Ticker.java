package io.dewpond;

import java.util.concurrent.locks.LockSupport;

/**
 * Where a pool takes its time from. Pools run on {@link #system()}; tests move a ticker of their own by hand.
 *
 * <p>Pools that are opened with the same ticker share one maintenance thread. An implementation must be thread-safe.
 */
@FunctionalInterface
public interface Ticker {
    /**
     * Reads the time. Only differences between two readings mean anything.
     *
     * @return nanoseconds since an arbitrary origin; never less than an earlier reading
     */
    long nanoTime();

    /**
     * Suspends the calling thread until this ticker's time has come to the deadline, with the rules of {@link
     * LockSupport#parkNanos(Object, long)}: returns early if the thread is or was unparked or interrupted, or for no
     * reason. The deadline is a reading rather than a duration, so that time that passes before the thread sleeps isn't
     * slept again. A ticker whose time doesn't pass by itself overrides this method, so that moving the time wakes those
     * who wait for it.
     *
     * @param blocker what the thread waits for, for diagnosis
     * @param deadline the reading of {@link #nanoTime()} to wait for; one that has come returns at once
     */
    default void parkUntil(Object blocker, long deadline) {
        LockSupport.parkNanos(blocker, deadline - nanoTime());
    }

    /**
     * Returns the ticker that reads {@link System#nanoTime()}.
     *
     * @return the ticker, always the same
     */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
