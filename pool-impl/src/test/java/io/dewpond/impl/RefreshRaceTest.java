package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A release that finds nothing out of the ordinary, and makes its object idle when a refresh has already looked. */
class RefreshRaceTest {
    private static final int ROUNDS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void refreshMissesNoObjectThatIsReleasedMeanwhile() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicReference<Lease<Object>> held = new AtomicReference<>();
        try (Pool<Object> pool = Pools.open(
                PoolConfig.of(ObjectFactory.of(Object::new, object -> {})).maxSize(2))) {
            Thread releaser = new Thread(() -> {
                for (int i = 0; i < ROUNDS; i++) {
                    await(both);
                    held.get().close();
                    await(both);
                }
            });
            releaser.setDaemon(true);
            releaser.start();
            for (int i = 0; i < ROUNDS; i++) {
                Lease<Object> lease = pool.acquire(PATIENCE);
                Object old = lease.get();
                held.set(lease);
                await(both);
                CompletableFuture<Void> renewed = pool.control().refresh();
                try (Lease<Object> next = pool.acquire(PATIENCE)) {
                    assertNotSame(old, next.get());
                }
                await(both);
                renewed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            releaser.join();
        }
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
