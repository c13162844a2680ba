package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the guide shows of a pool at work is what one sees. */
@Timeout(60)
class ObservingTest {
    @Test
    void poolIsSeenAtWork() throws InterruptedException {
        Observing.Alarms alarms = new Observing.Alarms();
        PoolConfig<Object> config =
                PoolConfig.of(ObjectFactory.of(Object::new, object -> {})).maxSize(1);
        try (Pool<Object> pool = Pools.open(Observing.watched(config, alarms))) {
            Lease<Object> lease = pool.acquire();
            assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
            assertEquals(
                    "1 of 1 lent, 0 waiting; 1 lent, 1 timed out, 0 rejected, 0 failed creations, 0 lost",
                    Observing.gauge(pool));
            lease.close();
            assertTrue(Observing.times(pool).startsWith("PT"));
        }
        while (alarms.failures.sum() < 1) {
            Thread.onSpinWait(); // the listener has a thread of its own
        }
        assertEquals(0, alarms.leaks.sum());
    }
}
