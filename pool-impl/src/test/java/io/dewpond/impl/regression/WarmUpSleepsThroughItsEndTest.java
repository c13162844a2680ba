package io.dewpond.impl.regression;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who opened a pool with a warm-up took the pool's lock after it had asked to be woken; to wait for the lock used up the
 * permit, and it slept until the longest time that the warm-up may take.
 */
class WarmUpSleepsThroughItsEndTest {
    @Test
    @Tag("G48")
    @Timeout(value = 50, unit = TimeUnit.SECONDS)
    void openingReturnsWhenTheSparesAreReady() {
        PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(8)
                .minIdle(8)
                .warmUp(Duration.ofMinutes(1));
        for (int i = 0; i < 500; i++) {
            Pools.open(config).close();
        }
    }
}
