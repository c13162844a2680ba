package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.TimeDistribution;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine measures by the machine's own time, which elsewhere it takes roughly. */
@Tag("G81")
class TimingsTest {
    private static final Duration BRIEF = Duration.ofNanos(100_000);
    private static final int TIMES = 50;

    @Test
    void briefHoldIsMeasuredPrecisely() throws InterruptedException {
        PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}));
        try (Pool<Object> pool = Pools.open(config.timings(true))) {
            for (int i = 0; i < TIMES; i++) {
                try (Lease<Object> lease = pool.acquire()) {
                    long since = System.nanoTime();
                    while (System.nanoTime() - since < BRIEF.toNanos()) {
                        Thread.onSpinWait();
                    }
                    assertEquals(lease.get(), lease.get());
                }
            }
            TimeDistribution holds = pool.timings().orElseThrow().holds();
            assertEquals(TIMES, holds.count());
            assertTrue(holds.min().compareTo(BRIEF) >= 0, holds::toString);
        }
    }
}
