package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Pool;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaksTest {
    @Test
    void eachLeakIsToldApart() throws InterruptedException {
        try (Pool<StringBuilder> pool = Leaks.open()) {
            Leaks.holdForLong(pool, Duration.ofMillis(1));
            AcquireTimeoutException failure = Leaks.waitForItself(pool);
            assertTrue(failure.selfDeadlock());
            assertTrue(
                    failure.getMessage().contains("(acquired at io.dewpond.examples.Leaks.waitForItself"),
                    failure.getMessage());
            Leaks.forget(pool);
            Leaks.forget(pool);
            assertTrue(Leaks.findAgain(pool));
            assertTrue(pool.stats().lost() > 0);
            assertEquals("work", Leaks.shortest(pool).substring(0, 4));
        }
    }
}
