package io.dewpond.impl;

import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeeperTest {
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void choreRunsAtOnceAndThenWhenItAsks() throws InterruptedException {
        long began = ticker.nanoTime();
        BlockingQueue<Long> runs = new LinkedBlockingQueue<>();
        Keeper.Chore chore = now -> {
            runs.add(now - began);
            return now + 100;
        };
        Keeper.add(ticker, chore);
        try {
            assertEquals(0, next(runs));
            ticker.advance(Duration.ofNanos(99));
            assertEquals(List.of(), List.copyOf(runs));
            ticker.advance(Duration.ofNanos(1));
            assertEquals(100, next(runs));
        } finally {
            Keeper.remove(ticker, chore);
        }
    }

    @Test
    void wakeBringsARunForwardAndNeverPutsItOff() throws InterruptedException {
        BlockingQueue<Long> runs = new LinkedBlockingQueue<>();
        long began = ticker.nanoTime();
        Keeper.Chore chore = now -> {
            runs.add(now - began);
            return began + 1000;
        };
        Keeper.add(ticker, chore);
        try {
            assertEquals(0, next(runs));
            Keeper.wake(ticker, chore, began + 50);
            Keeper.wake(ticker, chore, began + 500);
            ticker.advance(Duration.ofNanos(50));
            assertEquals(50, next(runs));
        } finally {
            Keeper.remove(ticker, chore);
        }
    }

    @Test
    void choreThatThrowsRunsAgainAndHarmsNoOther() throws InterruptedException {
        BlockingQueue<Long> runs = new LinkedBlockingQueue<>();
        Keeper.Chore broken = now -> {
            runs.add(now);
            throw new IllegalStateException("a bug, for once on purpose");
        };
        Keeper.add(ticker, broken);
        try {
            next(runs);
            ticker.advance(Duration.ofSeconds(2));
            next(runs);
        } finally {
            Keeper.remove(ticker, broken);
        }
    }

    @Test
    @Tag("G55")
    void manyQuietPoolsCostOneThreadAndNoneWhenTheyAreClosed() {
        // The threads of the pools that earlier tests have closed may take a while to end.
        Awaitility.await().until(() -> threads() == 0);
        List<Pool<Resource>> pools = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            pools.add(Pools.open(PoolConfig.of(new ScriptedFactory()).ticker(ticker)));
        }
        assertEquals(1, keepers());
        assertEquals(1, threads());
        pools.forEach(Pool::close);
        Awaitility.await().until(() -> threads() == 0);
    }

    @Test
    @Tag("G55")
    void quietPoolsHaveNoThreadThoughTheirPolicyGoesByTime() throws InterruptedException {
        Awaitility.await().until(() -> threads() == 0);
        List<Pool<Resource>> pools = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Pool<Resource> pool = Pools.open(PoolConfig.of(new ScriptedFactory())
                    .maintenanceInterval(Duration.ofMillis(20))
                    .evictionPolicy(olderThan(Duration.ofHours(1)).or(idleLongerThan(Duration.ofMinutes(10)))));
            pools.add(pool);
            pool.acquire().close();
        }
        // On the real clock: a thread that is called upon at each interval never gets to its end.
        Awaitility.await().until(() -> threads() == 1);
        pools.forEach(Pool::close);
    }

    private static Long next(BlockingQueue<Long> runs) throws InterruptedException {
        Long run = runs.poll(10, TimeUnit.SECONDS);
        assertTrue(run != null, "the chore didn't run");
        return run;
    }

    private static long keepers() {
        return count("dewpond-keeper");
    }

    private static long threads() {
        return count("dewpond-");
    }

    private static long count(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }
}
