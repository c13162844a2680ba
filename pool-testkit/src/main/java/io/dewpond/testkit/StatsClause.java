package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.Pool;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The numbers are true, together, at every moment. */
abstract class StatsClause extends Clause {
    private static final int CROWD = 4;

    StatsClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G56")
    void newPoolHasDoneNothing() {
        PoolStats stats = open(7).stats();
        assertEquals(
                new PoolStats(7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of()), stats);
        assertEquals(0, stats.total());
    }

    @Test
    @Tag("G56")
    void everyPlaceIsCountedOnceInWhateverStateItIs() throws InterruptedException {
        Gate destroying = gate();
        Gate creating = gate();
        factory.destructions().next(Step.pass(destroying));
        Pool<Resource> pool = open(5);
        CheckedLease leased = take(pool);
        CheckedLease idle = take(pool);
        CheckedLease doomed = take(pool);
        factory.creations().next(Step.pass(creating));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(creating, 1);
        doomed.invalidate(null);
        awaitArrivals(destroying, 1);
        PoolStats stats = pool.stats();
        assertEquals(
                new PoolStats(5, 0, 0, 2, 1, 1, 1, 0, 3, 0, 0, 3, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of()), stats);
        assertEquals(4, stats.total());
        idle.close();
        waiter.lease();
        creating.open();
        destroying.open();
        awaitIdle(pool, 1);
        leased.close();
        Map<DestroyReason, Long> gone = Map.of(DestroyReason.INVALIDATED, 1L);
        assertEquals(
                new PoolStats(5, 0, 2, 1, 0, 0, 0, 0, 4, 0, 0, 4, 0, 1, 0, 0, 0, 0, false, gone, Map.of()),
                pool.stats());
    }

    @Test
    @Tag("G55")
    void quietPoolSleeps() throws InterruptedException {
        AtomicInteger readings = new AtomicInteger();
        Ticker counting = new Ticker() {
            @Override
            public long nanoTime() {
                readings.incrementAndGet();
                return ticker.nanoTime();
            }

            @Override
            public void parkUntil(Object blocker, long deadline) {
                ticker.parkUntil(blocker, deadline);
            }
        };
        Pool<Resource> pool = open(config(3).minIdle(2).ticker(counting));
        take(pool);
        awaitIdle(pool, 2);
        Eventually.keepsHolding(MOMENT, () -> true, () -> "time to go to bed");
        int before = readings.get();
        Eventually.keepsHolding(MOMENT, () -> readings.get() - before < 10, () -> "it tosses and turns");
    }

    @Test
    @Tag("G56")
    void everySnapshotOfABusyPoolIsConsistent() throws Exception {
        Pool<Resource> pool = open(config(3).minIdle(1).ticker(Ticker.system()));
        AtomicInteger running = new AtomicInteger(CROWD);
        List<Callable<?>> racers = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            int seed = i;
            racers.add(Race.run(() -> {
                new Crowd(pool, seed).run(100);
                running.decrementAndGet();
            }));
        }
        racers.add(() -> {
            int snapshots = 0;
            while (running.get() > 0) {
                check(pool.stats());
                snapshots++;
            }
            return snapshots;
        });
        Race.between(racers.toArray(Callable<?>[]::new));
        assertEquals(CROWD * 100, pool.stats().acquired());
    }

    private static void check(PoolStats stats) {
        assertTrue(stats.total() <= stats.maxSize(), stats::toString);
        assertTrue(stats.idle() >= 0 && stats.leased() >= 0 && stats.creating() >= 0, stats::toString);
        assertTrue(stats.inMaintenance() >= 0 && stats.waiting() >= 0, stats::toString);
        int alive = stats.idle() + stats.leased() + stats.inMaintenance();
        assertEquals(stats.created(), stats.destroyed() + stats.detached() + alive, stats::toString);
        long told = stats.destructions().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertEquals(stats.destroyed(), told, stats::toString);
    }
}
