package io.dewpond.testkit;

import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When the {@link ReferencePool} may try a creation again; guarded by the pool's lock. */
final class BackOff {
    private final Ticker ticker;
    private final long retryNanos;
    private final long mostNanos;
    private int failuresInARow;
    private long next;
    private @Nullable Throwable last;

    BackOff(PoolConfig<?> config) {
        ticker = config.ticker();
        retryNanos = config.retryDelay().toNanos();
        mostNanos = config.maxRetryDelay().toNanos();
        next = ticker.nanoTime();
    }

    void failed(Throwable failure) {
        last = failure;
        long bound = retryNanos;
        for (int i = 0; i < failuresInARow && bound < mostNanos; i++) {
            bound *= 2;
        }
        failuresInARow++;
        next = ticker.nanoTime() + 1 + ThreadLocalRandom.current().nextLong(Math.min(bound, mostNanos));
    }

    void succeeded() {
        failuresInARow = 0;
        next = ticker.nanoTime();
    }

    /** How the last creation that failed did; null if none did. */
    @Nullable
    Throwable last() {
        return last;
    }

    /** How long until the next try; zero or less if it may be now. */
    long nanosLeft() {
        return next - ticker.nanoTime();
    }
}
