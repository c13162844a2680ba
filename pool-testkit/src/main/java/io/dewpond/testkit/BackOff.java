package io.dewpond.testkit;

import io.dewpond.PoolConfig;
import io.dewpond.RetryAfter;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** When the {@link ReferencePool} may try a creation again; guarded by the pool's lock. */
final class BackOff {
    private final Moments moments;
    private final long retryNanos;
    private final long mostNanos;
    private int failuresInARow;
    private long next;
    /** Before which the failures themselves asked for no further try. */
    private long requested;

    private @Nullable Throwable last;

    BackOff(PoolConfig<?> config, Moments moments) {
        this.moments = moments;
        retryNanos = config.retryDelay().toNanos();
        mostNanos = config.maxRetryDelay().toNanos();
        next = config.ticker().nanoTime();
        requested = next;
    }

    void failed(Throwable failure) {
        last = failure;
        long bound = retryNanos;
        for (int i = 0; i < failuresInARow && bound < mostNanos; i++) {
            bound *= 2;
        }
        failuresInARow++;
        long now = moments.now();
        long drawn = 1 + ThreadLocalRandom.current().nextLong(Math.min(bound, mostNanos));
        long asked =
                failure instanceof RetryAfter patient ? patient.retryAfter().toNanos() : 0;
        requested = now + Math.max(asked, requested - now);
        next = now + Math.max(drawn, requested - now);
    }

    void succeeded() {
        failuresInARow = 0;
        next = moments.now();
        requested = next;
    }

    /** What failed so far says nothing of what comes. */
    void forget() {
        last = null;
        succeeded();
    }

    /** How the last creation that failed did; null if none did. */
    @Nullable
    Throwable last() {
        return last;
    }

    /** Whether one creation may be tried beside so many: since the last one failed, there is one at a time. */
    boolean allows(int creating) {
        return nanosLeft() <= 0 && (failuresInARow == 0 || creating == 0);
    }

    /** How long until the next try; zero or less if it may be now. */
    long nanosLeft() {
        return next - moments.now();
    }
}
