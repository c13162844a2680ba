package io.dewpond.impl;

import java.util.concurrent.ThreadLocalRandom;

/**
 * When to try again after a failure: exponential with full jitter (a delay drawn evenly between zero and a bound that
 * doubles), as in Marc Brooker, "Exponential Backoff And Jitter", so that many pools don't beat on a recovering server
 * in step. Guarded by the lock of the {@link Exchange}.
 */
final class Backoff {
    private final long first;
    private final long most;
    private long bound;
    private long retryAt;
    private boolean waiting;
    /** Whether a failure asked for the present delay. */
    private boolean requested;

    Backoff(long first, long most) {
        this.first = first;
        this.most = most;
    }

    /** @param least how long to wait whatever the draw says */
    void failed(long now, long least) {
        bound = bound == 0 ? first : bound > most / 2 ? most : bound * 2;
        long asked = now + least;
        // Of several that failed at once, none shortens the delay that another has asked for.
        long before = waiting && requested && retryAt - asked > 0 ? retryAt : asked;
        long drawn = now + ThreadLocalRandom.current().nextLong(bound + 1);
        requested = least > 0 || before != asked;
        retryAt = requested && before - drawn > 0 ? before : drawn;
        waiting = true;
    }

    void succeeded() {
        bound = 0;
        waiting = false;
        requested = false;
    }

    boolean blocks(long now) {
        waiting = waiting && retryAt - now > 0;
        return waiting;
    }

    long retryAt() {
        return retryAt;
    }
}
