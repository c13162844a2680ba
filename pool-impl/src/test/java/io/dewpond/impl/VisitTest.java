package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When idle objects are visited. */
@Tag("G47")
class VisitTest {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration TAKES = Duration.ofMillis(100);

    private final ManualTicker ticker = new ManualTicker();
    private final AtomicInteger visits = new AtomicInteger();

    /** A visit that takes a while makes the next late by a tenth of the interval, and not by all of it. */
    @Test
    void visitFollowsAPeriodAfterTheLastHoweverLongThatTook() throws InterruptedException {
        for (Duration interval : new Duration[] {PERIOD.dividedBy(10), PERIOD, PERIOD.multipliedBy(10)}) {
            visits.set(0);
            try (Pool<Object> pool = open(interval)) {
                pool.acquire(Duration.ofMinutes(1)).close();
                for (int period = 1; period <= 3; period++) {
                    int visited = period;
                    ticker.advance(PERIOD.minus(TAKES));
                    awaitMaintenance();
                    ticker.advance(TAKES.plus(PERIOD.dividedBy(10)));
                    await().until(() -> visits.get() == visited && pool.stats().idle() == 1);
                }
                assertEquals(3, visits.get());
            }
        }
    }

    /** Returns when the keeper's thread has done what is due by now. */
    private void awaitMaintenance() {
        long now = ticker.nanoTime();
        AtomicBoolean done = new AtomicBoolean();
        Keeper.Chore chore = at -> {
            done.set(true);
            return now + Duration.ofDays(1).toNanos();
        };
        Keeper.add(ticker, chore);
        await().untilTrue(done);
        Keeper.remove(ticker, chore);
    }

    private Pool<Object> open(Duration interval) {
        return Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .ticker(ticker)
                .maxSize(1)
                .maintenanceInterval(interval)
                .validateEvery(PERIOD)
                .validator(object -> {
                    ticker.advance(TAKES);
                    visits.incrementAndGet();
                    return true;
                }));
    }
}
