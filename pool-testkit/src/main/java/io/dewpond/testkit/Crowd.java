package io.dewpond.testkit;

import io.dewpond.Pool;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** One of many borrowers that acquire and end leases in every way, at random but from a seed. */
final class Crowd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pool<Resource> pool;
    private final Random random;

    Crowd(Pool<Resource> pool, long seed) {
        this.pool = pool;
        this.random = new Random(seed);
    }

    void run(int rounds) {
        for (int i = 0; i < rounds; i++) {
            try {
                end(new CheckedLease(pool.acquire(PATIENCE)));
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }
    }

    private void end(CheckedLease lease) {
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(1000);
        }
        if (random.nextInt(5) == 0) {
            lease.invalidate(null);
        } else {
            lease.close();
        }
    }
}
