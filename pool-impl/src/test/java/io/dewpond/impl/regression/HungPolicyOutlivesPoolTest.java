package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A judgement that was under way when its pool was shut down hung for ever: nothing was left to wait for, so nobody kept
 * the time any more, at the end of which its thread would have been interrupted.
 */
class HungPolicyOutlivesPoolTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @Test
    @Tag("G46")
    @Tag("G54")
    void judgementIsGivenUpThoughItsPoolIsShutDown() throws InterruptedException {
        Gate gate = new Gate();
        CountDownLatch interrupted = new CountDownLatch(1);
        ManualTicker ticker = new ManualTicker();
        PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
                .ticker(ticker)
                .minIdle(1)
                .validationTimeout(LIMIT)
                .evictionPolicy((resource, info) -> hang(gate, interrupted));
        Pool<Resource> pool = Pools.open(config);
        Awaitility.await().until(() -> pool.stats().idle() == 1);
        ticker.advance(config.maintenanceInterval());
        gate.awaitArrivals(1, Duration.ofSeconds(10));

        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        Awaitility.await().until(() -> pool.stats().total() == 0);
        assertFalse(end.isDone(), "its thread has not been let go");
        ticker.advance(LIMIT);
        Awaitility.await().until(end::isDone);
        Awaitility.await().until(() -> interrupted.getCount() == 0);
    }

    private static boolean hang(Gate gate, CountDownLatch interrupted) {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return false;
    }
}
