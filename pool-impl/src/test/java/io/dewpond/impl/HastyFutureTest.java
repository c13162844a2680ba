package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HastyFutureTest {
    @Test
    void futureThatMayNotWaitHasAnObjectMadeForTheNext() {
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {})))) {
            CompletableFuture<Lease<Object>> hasty = pool.acquireAsync(Duration.ZERO);
            assertTrue(hasty.isCompletedExceptionally());
            assertEquals(1, pool.stats().timedOut());
            await().until(() -> pool.stats().idle() == 1);
        }
    }
}
