package io.dewpond.impl;

import static io.dewpond.impl.CoarseTime.MOST_UNUSED;
import static io.dewpond.impl.CoarseTime.TICK_NANOS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Ticks by hand, at times that the system's clock has never shown; so a reading tells where it is from. */
class CoarseTimeTest {
    private static final long NEVER = Long.MAX_VALUE;

    private final CoarseTime time = new CoarseTime();
    private long now = Ticker.system().nanoTime() + Duration.ofDays(1).toNanos();

    @Test
    void whoeverUsesItFirstReadsTheClock() {
        long before = Ticker.system().nanoTime();
        long reading = time.use();
        assertTrue(before - reading <= 0 && reading - Ticker.system().nanoTime() <= 0, "not the clock's");
    }

    @Test
    void whatNobodyUsesDoesNotTick() {
        assertEquals(NEVER, time.tickOnce(now, NEVER));
        assertNotEquals(now, time.use());
    }

    @Test
    void whileItIsUsedItTicksAndTellsTheLastTick() {
        startTicking();
        assertEquals(now, time.use());
        long first = now;
        assertEquals(first + TICK_NANOS, time.tickOnce(first + TICK_NANOS - 1, NEVER), "too early for the next");
        assertEquals(first, time.use());
        assertEquals(first + 2 * TICK_NANOS, time.tickOnce(first + TICK_NANOS, NEVER));
        assertEquals(first + TICK_NANOS, time.use());
    }

    @Test
    void tickingStopsWhenNobodyHasUsedItForLongAndBeginsAgain() {
        startTicking();
        for (int i = 0; i < MOST_UNUSED; i++) {
            assertTicksOn(i);
        }
        assertEquals(NEVER, tick());
        assertNotEquals(now, time.use(), "the reading has stopped, so the clock has to be asked");
        assertTicksOn(0);
        assertEquals(now, time.use());
    }

    @Test
    void eachUsePutsTheEndOff() {
        startTicking();
        for (int i = 0; i < MOST_UNUSED; i++) {
            tick();
        }
        assertEquals(now, time.use());
        for (int i = 0; i <= MOST_UNUSED; i++) {
            assertTicksOn(i);
        }
        assertEquals(NEVER, tick());
    }

    @Test
    void keeperOfAnyPoolMakesItGoOn() {
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {})))) {
            pool.tryAcquire();
            long first = CoarseTime.now();
            assertTrue(Ticker.system().nanoTime() - first < Duration.ofHours(1).toNanos(), "ages ago");
            assertTrue(Ticker.system().nanoTime() - first >= 0, "in the future");
            Awaitility.await().until(() -> CoarseTime.now() - first > 0);
        }
    }

    private void startTicking() {
        time.use();
        assertEquals(now + TICK_NANOS, time.tickOnce(now, NEVER));
    }

    private void assertTicksOn(int i) {
        long next = tick();
        assertEquals(now + TICK_NANOS, next, "tick " + i);
    }

    /** Ticks when the next tick is due. */
    private long tick() {
        now += TICK_NANOS;
        return time.tickOnce(now, NEVER);
    }
}
