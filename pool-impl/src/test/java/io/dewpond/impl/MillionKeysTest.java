package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.KeyedFactory;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys without number, one after the other. With {@code -Dkeys=1000000} there are a million. */
class MillionKeysTest {
    private static final int KEYS = Integer.getInteger("keys", 100_000);
    private static final int AT_ONCE = 64;

    private final AtomicInteger alive = new AtomicInteger();
    private final KeyedPool<Integer, Object> pool = Pools.openKeyed(KeyedPoolConfig.of(KeyedFactory.of(
                    (Integer key) -> {
                        alive.incrementAndGet();
                        return new Object();
                    },
                    object -> alive.decrementAndGet()))
            .maxTotal(AT_ONCE)
            .perKey(key -> key.maxSize(1)));

    @Test
    @Tag("G66")
    void keysWithoutNumberLeaveNoTrace() throws InterruptedException {
        Semaphore running = new Semaphore(2 * AT_ONCE);
        AtomicInteger failed = new AtomicInteger();
        for (int key = 0; key < KEYS; key++) {
            running.acquire();
            CompletableFuture<?> unused = pool.acquireAsync(key, Duration.ofMinutes(1))
                    .thenAccept(Lease::close)
                    .whenComplete((nothing, failure) -> {
                        failed.addAndGet(failure == null ? 0 : 1);
                        running.release();
                    });
            assertTrue(key % 1000 != 0 || isShort(), () -> pool.keys().size() + " keys are present");
        }
        running.acquire(2 * AT_ONCE);
        pool.evictIdle();
        Awaitility.await().until(() -> pool.keys().isEmpty());
        KeyedPoolStats stats = pool.stats();
        pool.close();
        assertEquals(0, failed.get());
        assertEquals(KEYS, stats.acquired());
        assertEquals(stats.created(), stats.destroyed());
        assertEquals(0, alive.get());
    }

    /** Those that wait, those that have an object, and those that some thread is about to forget. */
    private boolean isShort() {
        return pool.keys().size() <= 16 * AT_ONCE;
    }
}
