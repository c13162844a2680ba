package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectInfo;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A judgement that was given up went uncounted if its object had been lent meanwhile; and if not, it was counted once more
 * when its policy threw what the interrupt made it throw.
 */
class GivenUpJudgementIsCountedTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Gate gate = new Gate();
    private final AtomicInteger interrupts = new AtomicInteger();
    private boolean throwsInTheEnd;
    private final ManualTicker ticker = new ManualTicker();
    private final PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
            .ticker(ticker)
            .maxSize(1)
            .validationTimeout(LIMIT)
            .evictionPolicy(new HangsWhileIdle());

    @Test
    @Tag("G46")
    void judgementIsCountedThoughItsObjectIsLent() throws InterruptedException {
        try (Pool<Resource> pool = Pools.open(config)) {
            judgedInVain(pool);
            try (Lease<Resource> lease = pool.acquire()) {
                ticker.advance(LIMIT);
                Awaitility.await().until(() -> pool.stats().callbackFailures() == 1);
                awaitEnd(pool);
                assertEquals(1, pool.stats().callbackFailures());
                assertEquals(0, lease.get().destructions());
            }
        }
    }

    @Test
    @Tag("G46")
    void judgementIsCountedOnceThoughItsPolicyThrowsInTheEnd() throws InterruptedException {
        try (Pool<Resource> pool = Pools.open(config)) {
            throwsInTheEnd = true;
            judgedInVain(pool);
            ticker.advance(LIMIT);
            awaitEnd(pool);
            assertEquals(1, pool.stats().callbackFailures());
        }
    }

    private void judgedInVain(Pool<Resource> pool) throws InterruptedException {
        pool.acquire().close();
        ticker.advance(config.maintenanceInterval());
        gate.awaitArrivals(1, Duration.ofSeconds(10));
    }

    private void awaitEnd(Pool<Resource> pool) {
        Awaitility.await().until(() -> interrupts.get() == 1 && pool.stats().abandoned() == 0);
    }

    /** In the threads of the pool, that is. */
    private final class HangsWhileIdle implements EvictionPolicy<Resource> {
        @Override
        public boolean shouldEvict(Resource object, ObjectInfo info) {
            if (Thread.currentThread().getName().startsWith("dewpond-")) {
                try {
                    gate.pass();
                } catch (InterruptedException e) {
                    interrupts.incrementAndGet();
                    if (throwsInTheEnd) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            return false;
        }
    }
}
