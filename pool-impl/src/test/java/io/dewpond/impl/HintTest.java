package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which of several idle objects a thread gets. */
class HintTest {
    private static final Duration WARM = Duration.ofMillis(50);

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void threadGetsTheObjectItHadLastWhileThatIsWarm() {
        try (Pool<Object> pool = open()) {
            Object last = useTwo(pool);
            ticker.advance(WARM);
            assertSame(last, lent(pool));
        }
    }

    @Test
    void objectThatHasCooledDownIsLeftForTheLowest() {
        try (Pool<Object> pool = open()) {
            Object last = useTwo(pool);
            ticker.advance(WARM.plusNanos(1));
            assertNotSame(last, lent(pool));
        }
    }

    @Test
    void threadsHaveHintsOfTheirOwn() {
        SlotPool<Object> pool = new SlotPool<>(config());
        Slot<Object>[] hints = ThreadHints.table();
        Thread one = new Thread(() -> {});
        Thread next = new Thread(() -> {});
        Slot<Object> low = new Slot<>(pool, 0);
        Slot<Object> high = new Slot<>(pool, 1);
        hints[ThreadHints.entry(one)] = low;
        hints[ThreadHints.entry(next)] = high;
        assertSame(low, hints[ThreadHints.entry(one)]);
        assertSame(high, hints[ThreadHints.entry(next)]);
    }

    /** Returns the higher of two objects, which this thread found idle last, and has given back. */
    private static Object useTwo(Pool<Object> pool) {
        try (Lease<Object> low = pool.tryAcquire().orElseThrow();
                Lease<Object> high = pool.tryAcquire().orElseThrow()) {
            assertNotSame(low.get(), high.get());
            return high.get();
        }
    }

    private static Object lent(Pool<Object> pool) {
        try (Lease<Object> lease = pool.tryAcquire().orElseThrow()) {
            return lease.get();
        }
    }

    private Pool<Object> open() {
        return Pools.open(config());
    }

    private PoolConfig<Object> config() {
        return PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .ticker(ticker)
                .minIdle(2)
                .maxSize(2)
                .warmUp(Duration.ofSeconds(60));
    }
}
