package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** How long a call of each kind may take, and what is said of one that took longer. */
final class Limits {
    private final String pool;
    private final Duration create;
    private final Duration validation;
    private final Duration destroy;

    Limits(PoolConfig<?> config) {
        pool = config.name();
        create = config.createTimeout();
        validation = config.validationTimeout();
        destroy = config.destroyTimeout();
    }

    long nanos(Callback callback) {
        return of(callback).toNanos();
    }

    TimeoutException passed(Callback callback) {
        return new TimeoutException("Pool '" + pool + "': " + callback + " took longer than " + of(callback)
                + "; its thread was interrupted and given up");
    }

    private Duration of(Callback callback) {
        return switch (callback) {
            case CREATE, AFTER_CREATE -> create;
            case VALIDATE, EVICT -> validation;
            case DESTROY, ABORT -> destroy;
            case BEFORE_LEND -> throw new AssertionError("bug: its limit is the borrower's deadline");
            case RESET -> throw new AssertionError("bug: a reset has no time limit");
            case ADMIT -> throw new AssertionError("bug: an admission has no time limit");
        };
    }
}
