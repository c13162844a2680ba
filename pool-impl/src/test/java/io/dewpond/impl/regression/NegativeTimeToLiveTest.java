package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectInfo;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A very negative time to live, added to a reading of the time, wrapped around: the policy was never asked again. */
class NegativeTimeToLiveTest {
    @Test
    @Tag("G40")
    void policyThatSaysLessThanZeroIsAskedAgain() throws InterruptedException {
        AtomicBoolean evicts = new AtomicBoolean();
        EvictionPolicy<Object> policy = new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Object object, ObjectInfo info) {
                return evicts.get();
            }

            @Override
            public long nanosToLive(Object object, ObjectInfo info) {
                return Long.MIN_VALUE;
            }
        };
        try (Pool<Resource> pool =
                Pools.open(PoolConfig.of(new ScriptedFactory()).maxSize(1).evictionPolicy(policy))) {
            Lease<Resource> first = pool.acquire();
            Resource old = first.get();
            first.close();
            assertEquals(1, pool.stats().idle());
            evicts.set(true);
            try (Lease<Resource> second = pool.acquire()) {
                assertNotSame(old, second.get());
            }
        }
    }
}
