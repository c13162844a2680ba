package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The keeper's thread wakes for leases only when there are any to wake for. */
class LeaseWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration YEAR = Duration.ofDays(365);

    private final ManualTicker hand = new ManualTicker();
    /** Until when the keeper's thread sleeps; of all sleepers only its name is known. */
    private final AtomicLong wakesAt = new AtomicLong();

    private final Ticker ticker = new Ticker() {
        @Override
        public long nanoTime() {
            return hand.nanoTime();
        }

        @Override
        public void parkUntil(Object blocker, long deadline) {
            if (Thread.currentThread().getName().equals("dewpond-keeper")) {
                wakesAt.set(deadline);
            }
            hand.parkUntil(blocker, deadline);
        }
    };

    /** No creation is given up, so that the keeper has nothing but leases to wake for. */
    private final PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
            .ticker(ticker)
            .maxSize(1)
            .maintenanceInterval(INTERVAL)
            .createTimeout(PoolConfig.LONGEST);

    private Pool<Resource> pool = Pools.open(config.overdueAfter(LIMIT));

    @AfterEach
    void close() {
        CompletableFuture<Void> unused = pool.control().shutdown(Duration.ZERO);
    }

    @Test
    @Tag("G55")
    @Tag("G58")
    void keeperSleepsWhileNothingIsLentAndThenUntilTheFirstLeaseMayBeOverdue() throws InterruptedException {
        warmUp();
        Lease<Resource> first = pool.acquire();
        awaitSleepFor(LIMIT);
        first.close();
        hand.advance(LIMIT);
        awaitSleepForEver();
        hand.advance(LIMIT);
        Lease<Resource> second = pool.acquire();
        awaitSleepFor(LIMIT);
        hand.advance(LIMIT.dividedBy(2));
        second.close();
        Lease<Resource> third = pool.acquire();
        hand.advance(LIMIT.dividedBy(2));
        awaitSleepFor(LIMIT.dividedBy(2));
        third.close();
        hand.advance(LIMIT);
        awaitSleepForEver();
    }

    @Test
    @Tag("G58")
    void keeperLooksForTheEndOfAnOverdueLeaseAndThenNoMore() throws InterruptedException {
        warmUp();
        Lease<Resource> lease = pool.acquire();
        awaitSleepFor(LIMIT);
        hand.advance(LIMIT);
        for (int i = 0; i < 3; i++) {
            awaitSleepFor(INTERVAL);
            hand.advance(INTERVAL);
        }
        awaitSleepFor(INTERVAL);
        lease.close();
        hand.advance(INTERVAL);
        awaitSleepForEver();
    }

    @Test
    @Tag("G55")
    @Tag("G57")
    void keeperLooksForLostLeasesWhileSomebodyWaitsAndThenNoMore() throws InterruptedException {
        close();
        pool = Pools.open(config);
        Lease<Resource> held = pool.acquire();
        hand.advance(INTERVAL);
        awaitSleepForEver();
        CompletableFuture<Lease<Resource>> waiting = pool.acquireAsync(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            awaitSleepFor(INTERVAL);
            hand.advance(INTERVAL);
        }
        held.close();
        Lease<Resource> next = waiting.join();
        hand.advance(INTERVAL);
        awaitSleepForEver();
        assertEquals(0, pool.stats().lost());
        next.close();
    }

    /** Has an object made, for which a borrower waits, and all be over that comes of that. */
    private void warmUp() throws InterruptedException {
        pool.acquire().close();
        hand.advance(LIMIT);
        awaitSleepForEver();
    }

    private void awaitSleepFor(Duration time) {
        Awaitility.await().until(() -> wakesAt.get() - hand.nanoTime() == time.toNanos());
    }

    private void awaitSleepForEver() {
        Awaitility.await().until(() -> wakesAt.get() - hand.nanoTime() > YEAR.toNanos());
    }
}
