package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sweep used to take each idle object to have it judged, and a borrower who came just then found none. */
class SweepHidesIdleObjectsTest {
    @Test
    @Tag("G1")
    @Tag("G11")
    void objectIsLentWhileItIsJudged() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Gate judgement = new Gate();
        PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
                .ticker(ticker)
                .evictionPolicy((resource, info) -> onThreadOfThePool() && passes(judgement));
        try (Pool<Resource> pool = Pools.open(config)) {
            pool.acquire().close();
            ticker.advance(config.maintenanceInterval());
            judgement.awaitArrivals(1, Duration.ofSeconds(10));
            try (Lease<Resource> lease = pool.tryAcquire().orElseThrow()) {
                assertTrue(lease.get().isSound());
            } finally {
                judgement.open();
            }
        }
    }

    private static boolean onThreadOfThePool() {
        return Thread.currentThread().getName().startsWith("dewpond-");
    }

    private static boolean passes(Gate judgement) {
        try {
            judgement.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
