package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.KeyedPool;
import io.dewpond.Lease;
import io.dewpond.PoolException;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That there are never more objects than there may be, of a key or in total, and that no room is lost. */
abstract class KeyedBoundsClause extends KeyedClause {
    private static final int THREADS = 8;
    private static final int CYCLES = 150;

    KeyedBoundsClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G63")
    void keyNeverExceedsItsOwnMaximum() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(10, 2);
        CheckedLease first = take(pool, "a");
        CheckedLease second = take(pool, "a");
        Borrower waiter = waiting(pool, "a");
        keeps(pool, () -> factory.of("a").creations().calls() == 2);
        close(first);
        waiter.lease();
        close(second);
        assertEquals(2, factory.of("a").mostAlive());
    }

    @Test
    @Tag("G63")
    void totalIsNeverExceeded() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 2);
        CheckedLease first = take(pool, "a");
        CheckedLease second = take(pool, "a");
        CheckedLease third = take(pool, "b");
        Borrower waiter = waiting(pool, "c");
        keeps(pool, () -> factory.taken() == 3);
        close(first);
        waiter.lease();
        close(second);
        close(third);
        assertEquals(3, factory.mostTaken());
    }

    @Test
    @Tag("G63")
    void objectCountsUntilItsDestructionHasEnded() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        Gate gate = gate();
        factory.of("a").destructions().next(Step.pass(gate));
        CheckedLease held = take(pool, "a");
        Borrower waiter = waiting(pool, "b");
        close(held);
        gate.awaitArrivals(1, patience());
        keeps(pool, () -> factory.of("b").creations().calls() == 0);
        gate.open();
        waiter.lease();
        assertEquals(1, factory.mostTaken());
    }

    @Test
    @Tag("G63")
    void failedCreationGivesItsRoomBack() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        Gate gate = gate();
        factory.of("a").creations().next(Step.pass(gate).then(Step.fail(new IOException("no object"))));
        Borrower first = waiting(pool, "a");
        gate.awaitArrivals(1, patience());
        Borrower second = waiting(pool, "b");
        gate.open();
        second.lease();
        assertEquals(false, first.isDone());
    }

    @Test
    @Tag("G63")
    void creationThatIsGivenUpGivesItsRoomBackAndItsLateObjectIsDestroyedOnce() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        Gate gate = gate();
        factory.of("a").creations().next(Step.hang(gate));
        Borrower first = waiting(pool, "a", Duration.ofSeconds(11));
        gate.awaitArrivals(1, patience());
        Borrower second = waiting(pool, "b");
        ticker.advance(CREATE_TIMEOUT);
        CheckedLease lease = second.lease();
        ticker.advance(Duration.ofSeconds(1));
        first.failure(PoolException.class);
        gate.open();
        await(pool, () -> factory.taken() == 1);
        assertEquals(1, factory.of("a").made().get(0).destructions());
        close(lease);
    }

    @Test
    @Tag("G63")
    void detachedObjectLeavesRoom() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        Borrower waiter = waiting(pool, "b");
        Resource mine = held.detach();
        waiter.lease();
        assertTrue(mine.isSound());
        factory.of("a").forget(mine);
        factory.forgetOne();
    }

    @Test
    @Tag("G63")
    void crowdOverManyKeysNeverSeesMoreThanEitherMaximum() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 2);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread[] crowd = new Thread[THREADS];
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(t);
            crowd[t] = new Thread(() -> cycle(pool, random, failure));
            crowd[t].start();
        }
        for (Thread thread : crowd) {
            thread.join(patience().toMillis() * 6);
            assertTrue(!thread.isAlive(), () -> "somebody starves: " + pool.stats());
        }
        assertEquals(null, failure.get());
        assertTrue(factory.mostTaken() <= 3, () -> factory.mostTaken() + " at once");
        for (String key : pool.keys()) {
            assertTrue(factory.of(key).mostAlive() <= 2, key);
        }
    }

    private static void cycle(
            KeyedPool<String, Resource> pool, Random random, AtomicReference<@Nullable Throwable> failure) {
        try {
            for (int i = 0; i < CYCLES; i++) {
                Lease<Resource> lease = pool.acquire("key " + random.nextInt(5), LONG);
                lease.get().enter();
                if (random.nextInt(4) == 0) {
                    Thread.onSpinWait();
                }
                lease.get().leave();
                if (random.nextInt(10) == 0) {
                    lease.invalidate(null);
                } else {
                    lease.close();
                }
            }
        } catch (Throwable anything) {
            failure.set(anything);
        }
    }
}
