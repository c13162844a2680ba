package io.dewpond.impl;

import java.util.concurrent.TimeUnit;

/**
 * Completes a future, which runs what depends on it. That should not block; if it does, all it holds up is its own
 * thread: after a while another takes that one's place. It isn't interrupted, for nobody asked for it to end.
 */
final class Delivery implements Workers.Task {
    /** How long what depends on a future may keep its courier from the others. */
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Crew<?> crew;
    private final Runnable outcome;

    Delivery(Crew<?> crew, Runnable outcome) {
        this.crew = crew;
        this.outcome = outcome;
    }

    @Override
    public void run() {
        outcome.run();
        crew.lookIfClosed();
    }

    @Override
    public void overdue() {
        // The future is complete, so there is no account to settle.
    }

    @Override
    public boolean isInterruptedWhenOverdue() {
        return false;
    }

    @Override
    public long limitNanos() {
        return LIMIT_NANOS;
    }
}
