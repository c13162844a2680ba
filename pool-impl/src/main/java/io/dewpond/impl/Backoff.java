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

    Backoff(long first, long most) {
        this.first = first;
        this.most = most;
    }

    void failed(long now) {
        bound = bound == 0 ? first : bound > most / 2 ? most : bound * 2;
        retryAt = now + ThreadLocalRandom.current().nextLong(bound + 1);
        waiting = true;
    }

    void succeeded() {
        bound = 0;
        waiting = false;
    }

    boolean blocks(long now) {
        waiting = waiting && retryAt - now > 0;
        return waiting;
    }

    long retryAt() {
        return retryAt;
    }
}
