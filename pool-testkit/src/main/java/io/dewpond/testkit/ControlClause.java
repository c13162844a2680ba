package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator may do to a pool while it runs, and what it refuses. */
abstract class ControlClause extends Clause {
    ControlClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G50")
    void growingWakesWaitersAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        pool.control().resize(0, 3);
        assertNotSame(first.lease().get(), second.lease().get());
        assertEquals(3, pool.stats().maxSize());
        assertEquals(1, pool.config().maxSize());
    }

    @Test
    @Tag("G50")
    void shrinkingDestroysTheIdleNowAndTheLeasedOnRelease() throws InterruptedException {
        Pool<Resource> pool = open(4);
        List<CheckedLease> leases = List.of(take(pool), take(pool), take(pool), take(pool));
        leases.get(0).close();
        pool.control().resize(0, 1);
        await(pool, () -> leases.get(0).resource().destructions() == 1);
        assertEquals(3, pool.stats().leased());
        leases.get(1).close();
        leases.get(2).close();
        awaitQuiet(pool);
        assertEquals(1, pool.stats().total());
        leases.get(3).close();
        awaitQuiet(pool);
        assertSame(leases.get(3).resource(), take(pool).get());
        assertEquals(4, factory.creations().calls());
    }

    @Test
    @Tag("G50")
    void shrunkPoolCreatesNothingBeforeItsSurplusIsGone() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        pool.control().resize(0, 1);
        Borrower waiter = waiting(pool, LONG);
        first.invalidate(null);
        awaitQuiet(pool);
        keeps(pool, () -> !waiter.isDone() && factory.creations().calls() == 2);
        second.close();
        assertSame(second.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G50")
    void poolOfSizeZeroLendsNothingUntilItGrows() throws InterruptedException {
        Pool<Resource> pool = open(2);
        take(pool).close();
        pool.control().resize(0, 0);
        await(pool, () -> pool.stats().total() == 0);
        assertEquals(Optional.empty(), pool.tryAcquire());
        Borrower waiter = waiting(pool, LONG);
        keeps(pool, () -> !waiter.isDone());
        pool.control().resize(0, 1);
        waiter.lease();
    }

    @Test
    @Tag("G50")
    void sizesInQuickSuccessionEndRight() throws InterruptedException {
        Pool<Resource> pool = open(config(8).minIdle(8));
        for (int i = 0; i < 40; i++) {
            int size = i % 8;
            pool.control().resize(size, size);
        }
        pool.control().resize(4, 4);
        awaitIdle(pool, 4);
        keeps(pool, () -> pool.stats().idle() == 4);
        for (int i = 0; i < 4; i++) {
            take(pool);
        }
        assertEquals(Optional.empty(), pool.tryAcquire());
    }

    @Test
    @Tag("G50")
    void sizeOutOfRangeIsRefusedAndChangesNothing() {
        Pool<Resource> pool = open(config(3).minIdle(1));
        assertThrows(IllegalArgumentException.class, () -> pool.control().resize(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> pool.control().resize(0, -1));
        assertThrows(IllegalArgumentException.class, () -> pool.control().resize(4, 3));
        PoolStats stats = pool.stats();
        assertEquals(3, stats.maxSize());
        assertEquals(1, stats.minIdle());
    }

    @Test
    @Tag("G51")
    void nothingMadeBeforeARefreshIsLentAfterIt() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease leased = take(pool);
        CheckedLease idle = take(pool);
        idle.close();
        CompletableFuture<Void> done = pool.control().refresh();
        await(pool, () -> idle.resource().destructions() == 1);
        keeps(pool, () -> !done.isDone() && leased.resource().isSound());
        CheckedLease fresh = take(pool);
        assertEquals(3, fresh.get().number());
        leased.close();
        await(pool, done::isDone);
        assertEquals(1, leased.resource().destructions());
        fresh.close();
        assertSame(fresh.resource(), take(pool).get());
    }

    @Test
    @Tag("G51")
    void refreshWaitsForADestructionThatIsUnderWay() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.pass(gate));
        Pool<Resource> pool = open(1);
        take(pool).close();
        CompletableFuture<Void> done = pool.control().refresh();
        awaitArrivals(gate, 1);
        assertFalse(done.isDone());
        gate.open();
        await(pool, done::isDone);
    }

    @Test
    @Tag("G51")
    void refreshOfAnEmptyPoolIsDoneAtOnce() {
        Pool<Resource> pool = open(1);
        CompletableFuture<Void> done = pool.control().refresh();
        await(pool, done::isDone);
    }

    @Test
    @Tag("G51")
    @Tag("G48")
    void refreshRenewsTheMinimum() {
        Pool<Resource> pool = open(config(2).minIdle(2));
        awaitIdle(pool, 2);
        CompletableFuture<Void> done = pool.control().refresh();
        await(pool, done::isDone);
        awaitIdle(pool, 2);
        assertTrue(factory.alive().stream().allMatch(resource -> resource.number() > 2));
    }

    @Test
    @Tag("G50")
    void evictIdleDestroysWhatIsIdleAndNothingElse() throws InterruptedException {
        Pool<Resource> pool = open(3);
        CheckedLease leased = take(pool);
        CheckedLease idle = take(pool);
        idle.close();
        pool.control().evictIdle();
        await(pool, () -> idle.resource().destructions() == 1);
        leased.close();
        assertSame(leased.resource(), take(pool).get());
    }

    @Test
    void poolTellsItsConfigurationAndHasOneControl() {
        PoolConfig<Resource> config = config(3);
        Pool<Resource> pool = open(config);
        assertSame(config, pool.config());
        assertSame(pool.control(), pool.control());
    }

    @Test
    void badConfigurationIsRefusedBeforeAnythingHappens() {
        PoolConfig<Resource> bad = config(0).minIdle(-1);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> open(bad));
        assertSays(refusal, "maxSize is 0", "minIdle is -1");
        assertEquals(0, factory.creations().calls());
    }
}
