package io.dewpond.impl;

import io.dewpond.RetryAfter;
import java.time.Duration;

/** How long a failure itself asks to wait before the next creation. It is the user's, so nothing it does may harm. */
final class Request {
    private static final Duration MOST = Duration.ofNanos(Clock.FAR_NANOS);

    private Request() {}

    /** Asks the failure; to be called without any lock. */
    static long delayNanos(Throwable failure) {
        if (!(failure instanceof RetryAfter patient)) {
            return 0;
        }
        try {
            Duration asked = patient.retryAfter();
            if (asked == null || asked.isNegative()) {
                return 0;
            }
            return asked.compareTo(MOST) < 0 ? asked.toNanos() : Clock.FAR_NANOS;
        } catch (Throwable thrown) {
            Log.POOL.warn("A failed creation can't say when to try again: {}", thrown.toString());
            return 0;
        }
    }
}
