package io.dewpond.benchmarks;

import java.util.concurrent.Callable;

/** One of a crowd. Its numbers are its own thread's until that has ended. */
abstract class Member {
    private final Stop stop;
    private long count;
    private long timeouts;
    private long longestWait;

    Member(Stop stop) {
        this.stop = stop;
    }

    abstract void once() throws Exception;

    /** Comes again and again until it is time to stop. */
    final void live() {
        while (!stop.isNow()) {
            try {
                once();
            } catch (Exception e) {
                // Whoever gets nothing tries again.
                timeouts++;
            }
        }
    }

    /** Does something that waits, with a clock running; what the end cuts off counts up to the end. */
    final <L> L waitFor(Callable<L> waiting) throws Exception {
        long since = System.nanoTime();
        try {
            L result = waiting.call();
            if (!stop.isNow()) {
                count++;
            }
            return result;
        } finally {
            long until = stop.isNow() ? stop.instant() : System.nanoTime();
            longestWait = Math.max(longestWait, until - since);
        }
    }

    final long count() {
        return count;
    }

    final long timeouts() {
        return timeouts;
    }

    final long longestWaitNanos() {
        return longestWait;
    }
}
