package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;

/** One of a crowd: acquires, holds, releases, and starts again. */
final class Borrower<L> extends Member {
    private final Contestant<L> contestant;
    private final long holdNanos;
    private final boolean polite;

    /**
     * Creates one.
     *
     * @param holdNanos zero for a single yield
     * @param polite whether it yields before it comes again
     */
    Borrower(Stop stop, Contestant<L> contestant, long holdNanos, boolean polite) {
        super(stop);
        this.contestant = contestant;
        this.holdNanos = holdNanos;
        this.polite = polite;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // to let the others run is what being polite means
    void once() throws Exception {
        L lease = waitFor(contestant::acquire);
        hold();
        contestant.release(lease);
        if (polite) {
            Thread.yield();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // the shortest hold in which another thread can come
    private void hold() {
        if (holdNanos == 0) {
            Thread.yield();
            return;
        }
        Pause.of(holdNanos);
    }
}
