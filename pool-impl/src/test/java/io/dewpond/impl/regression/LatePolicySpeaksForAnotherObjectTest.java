package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A policy that was given up, and came back late to say for how long it wouldn't evict its object, was taken to speak of
 * the object that had come into its place meanwhile; and its own, destroyed by then, was validated.
 */
class LatePolicySpeaksForAnotherObjectTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final Gate gate = new Gate();
    private final Queue<Resource> validated = new ConcurrentLinkedQueue<>();
    private volatile boolean evictsAll;

    @Test
    @Tag("G40")
    @Tag("G46")
    void wordOfAPolicyThatWasGivenUpHoldsForNobody() throws Exception {
        ManualTicker ticker = new ManualTicker();
        PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
                .ticker(ticker)
                .maxSize(1)
                .maintenanceInterval(Duration.ofHours(1))
                .validationTimeout(LIMIT)
                .validator(validated::add)
                .evictionPolicy(new DeafInThePool());
        try (Pool<Resource> pool = Pools.open(config)) {
            pool.acquire().close();
            ticker.advance(config.validateAfterIdle());
            CompletableFuture<Lease<Resource>> future = pool.acquireAsync(PoolConfig.LONGEST);
            gate.awaitArrivals(1, Duration.ofSeconds(10));
            ticker.advance(LIMIT);
            Lease<Resource> lease = future.get(10, TimeUnit.SECONDS);
            Resource successor = lease.get();
            gate.open();
            Awaitility.await().until(() -> pool.stats().abandoned() == 0);
            evictsAll = true;
            lease.close();
            Awaitility.await().until(() -> successor.destructions() == 1);
            assertTrue(validated.isEmpty(), "an object was validated after its destruction");
        }
    }

    /** Hangs in the threads of the pool, and then promises a day; elsewhere promises nothing. */
    private final class DeafInThePool implements EvictionPolicy<Resource> {
        @Override
        public boolean shouldEvict(Resource object, ObjectInfo info) {
            if (isThePools()) {
                gate.passUninterruptibly();
                return false;
            }
            return evictsAll;
        }

        @Override
        public long nanosToLive(Resource object, ObjectInfo info) {
            return isThePools() ? Duration.ofDays(1).toNanos() : 0;
        }

        private static boolean isThePools() {
            return Thread.currentThread().getName().startsWith("dewpond-");
        }
    }
}
