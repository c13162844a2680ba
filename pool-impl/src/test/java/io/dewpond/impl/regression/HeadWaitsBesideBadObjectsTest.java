package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A borrower had two idle objects validated, or a few more when it grew older; when all of those were bad, nobody told it to
 * look at the others, and nothing was made, for the others were there. So after the restart of a server a pool with more idle
 * connections than that served nobody until the deadline.
 */
class HeadWaitsBesideBadObjectsTest {
    private static final int SIZE = 8;

    @Test
    @Tag("G44")
    void borrowerIsServedHoweverManyIdleObjectsAreBad() throws Exception {
        ManualTicker ticker = new ManualTicker();
        PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
                .maxSize(SIZE)
                .acquireTimeout(Duration.ofHours(1))
                .ticker(ticker)
                .validator(Resource::isSound);
        try (Pool<Resource> pool = Pools.open(config)) {
            List<Lease<Resource>> leases = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                leases.add(pool.acquire());
            }
            for (Lease<Resource> lease : leases) {
                lease.get().breakDown();
                lease.close();
            }
            ticker.advance(config.validateAfterIdle());
            CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> numberOfTheNext(pool));
            assertEquals(SIZE + 1, served.get(20, TimeUnit.SECONDS));
        }
    }

    private static int numberOfTheNext(Pool<Resource> pool) {
        try (Lease<Resource> lease = pool.acquire()) {
            return lease.get().number();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
