package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A whole life of a pool, slow paths included, in a JVM that nobody records: see {@link FlightlessTest}. */
final class QuietLife {
    private QuietLife() {}

    public static void main(String[] args) throws InterruptedException {
        AtomicInteger tries = new AtomicInteger();
        ObjectFactory<Object> factory = ObjectFactory.of(
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("no luck");
                    }
                    return new Object();
                },
                object -> {});
        PoolConfig<Object> config = PoolConfig.of(factory).maxSize(1).retryDelay(Duration.ofMillis(1));
        try (Pool<Object> pool = Pools.open(config)) {
            Lease<Object> lease = pool.acquire(Duration.ofMinutes(1));
            try {
                pool.acquire(Duration.ofMillis(1));
                throw new AssertionError("lent twice");
            } catch (AcquireTimeoutException expected) {
                lease.invalidate(expected);
            }
            pool.acquireAsync(Duration.ofMinutes(1)).join().close();
        }
        System.out.println("over");
    }
}
