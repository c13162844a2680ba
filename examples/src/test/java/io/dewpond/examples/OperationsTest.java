package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OperationsTest {
    private final List<CompletableFuture<Lease<String>>> asked = new ArrayList<>();

    @Test
    void whoAsksWhileThePoolMovesIsServedByTheNewServer() throws Exception {
        PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "old", object -> {}));
        try (Pool<String> pool = Pools.open(config.maxSize(1))) {
            pool.acquire().close();
            ObjectFactory<String> other = ObjectFactory.of(() -> "new", object -> {});
            CompletableFuture<Void> moved =
                    Operations.moveTo(other, pool, () -> asked.add(pool.acquireAsync(Duration.ofMinutes(1))));
            moved.get(10, TimeUnit.SECONDS);
            try (Lease<String> lease = asked.get(0).get(10, TimeUnit.SECONDS)) {
                assertEquals("new", lease.get());
                assertTrue(Operations.picture(pool)
                        .contains("lent to " + Thread.currentThread().getName()));
            }
            Operations.end(pool);
            assertEquals(0, pool.stats().total());
        }
    }
}
