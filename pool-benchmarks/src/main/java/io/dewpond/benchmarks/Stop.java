package io.dewpond.benchmarks;

/**
 * The end of a measurement: set once, read by every thread at each operation. On a crowded machine a thread may learn
 * of it late, and the thread that sets it may wake late; so it carries the instant, and nobody counts what came after.
 */
final class Stop {
    private volatile boolean now;
    private volatile long instant;

    void now() {
        instant = System.nanoTime();
        now = true;
    }

    boolean isNow() {
        return now;
    }

    /** When it was, as {@link System#nanoTime()}; known once {@link #isNow()}. */
    long instant() {
        return instant;
    }
}
