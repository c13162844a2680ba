package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a key that nobody uses leaves nothing behind. */
abstract class KeyedLeavingClause extends KeyedClause {
    private static final int MANY = 1_000;

    KeyedLeavingClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G66")
    void keyLeavesWithItsLastObject() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        CheckedLease first = take(pool, "a");
        CheckedLease second = take(pool, "a");
        first.invalidate(null);
        await(pool, () -> pool.stats().destroyed() == 1);
        assertEquals(Set.of("a"), pool.keys());
        second.detach();
        factory.of("a").forget(second.resource());
        factory.forgetOne();
        await(pool, () -> pool.keys().isEmpty());
        assertEquals(Optional.empty(), pool.stats("a"));
    }

    @Test
    @Tag("G66")
    void keyStaysWithItsIdleObjectUntilThatIsEvicted() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        close(take(pool, "a"));
        keeps(pool, () -> pool.keys().equals(Set.of("a")));
        pool.evictIdle();
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void keyLeavesWithItsLastWaiter() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        Borrower waiter = waiting(pool, "b", Duration.ofSeconds(1));
        assertEquals(Set.of("a", "b"), pool.keys());
        ticker.advance(Duration.ofSeconds(1));
        waiter.failure(AcquireTimeoutException.class);
        await(pool, () -> pool.keys().equals(Set.of("a")));
        close(held);
    }

    @Test
    @Tag("G66")
    void keyThatFailsLeavesWhenItsDelayIsOver() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        factory.of("bad").creations().always(Step.fail(new IOException("no object")));
        Borrower waiter = waiting(pool, "bad", Duration.ofMillis(500));
        await(pool, () -> pool.stats().creationFailures() > 0);
        ticker.advance(Duration.ofMillis(500));
        waiter.failure(AcquireTimeoutException.class);
        ticker.advance(Duration.ofMinutes(1));
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void keyThatFailsStaysForItsDelaySoThatItIsNotTriedAgainAtOnce() {
        KeyedPool<String, Resource> pool = open(1, 1);
        factory.of("bad").creations().always(Step.fail(new IOException("no object")));
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), pool.tryAcquire("bad"));
            await(
                    pool,
                    () -> pool.stats().creationFailures() == 1 && pool.stats().creating() == 0);
        }
        keeps(pool, () -> pool.keys().equals(Set.of("bad")));
        ticker.advance(Duration.ofMinutes(1));
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void keyOfACreationThatHangsLeavesWhenThatHasEnded() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        Gate gate = gate();
        factory.of("hung").creations().next(Step.hang(gate));
        Borrower waiter = waiting(pool, "hung", Duration.ofSeconds(1));
        gate.awaitArrivals(1, patience());
        ticker.advance(CREATE_TIMEOUT);
        waiter.failure(AcquireTimeoutException.class);
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(Duration.ofMinutes(1));
        keeps(pool, () -> pool.keys().equals(Set.of("hung")));
        gate.open();
        await(pool, () -> pool.stats().destroyed() == 1);
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void refusedBorrowerLeavesNoKeyBehind() {
        KeyedPool<String, Resource> pool = open(config(1, 1).perKey(key -> key.maxWaiters(0)));
        for (int i = 0; i < MANY; i++) {
            String key = "key " + i;
            assertThrows(AcquireRejectedException.class, () -> pool.acquire(key, LONG));
        }
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void refusedFutureLeavesNoKeyBehind() {
        KeyedPool<String, Resource> pool = open(config(1, 1).perKey(key -> key.maxWaiters(0)));
        for (int i = 0; i < MANY; i++) {
            assertTrue(pool.acquireAsync("key " + i, LONG).isCompletedExceptionally());
        }
        await(pool, () -> pool.keys().isEmpty());
    }

    @Test
    @Tag("G66")
    void manyKeysInTurnLeaveNoTrace() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 1);
        for (int i = 0; i < MANY; i++) {
            Lease<Resource> lease = pool.acquire("key " + i, LONG);
            lease.close();
        }
        await(pool, () -> pool.keys().size() <= 2); // those that have an object still
        pool.evictIdle();
        await(pool, () -> pool.keys().isEmpty());
        KeyedPoolStats stats = pool.stats();
        assertEquals(MANY, stats.acquired());
        assertEquals(MANY, stats.created());
        assertEquals(MANY, stats.destroyed());
    }

    @Test
    @Tag("G66")
    void whoComesToAKeyThatIsLeavingIsServed() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread[] crowd = new Thread[4];
        for (int t = 0; t < crowd.length; t++) {
            crowd[t] = new Thread(() -> comeAndGo(pool, failure));
            crowd[t].start();
        }
        for (Thread thread : crowd) {
            thread.join(patience().toMillis() * 6);
            assertTrue(!thread.isAlive(), () -> "somebody starves: " + pool.stats());
        }
        assertEquals(null, failure.get());
        await(pool, () -> {
            pool.evictIdle(); // what was made for those who don't wait
            return pool.keys().isEmpty();
        });
    }

    private static void comeAndGo(KeyedPool<String, Resource> pool, AtomicReference<@Nullable Throwable> failure) {
        try {
            for (int i = 0; i < 300; i++) {
                pool.acquire("a", LONG).invalidate(null);
                pool.acquireAsync("a", LONG).join().invalidate(null);
                pool.tryAcquire("a").ifPresent(lease -> lease.invalidate(null));
            }
        } catch (Throwable anything) {
            failure.set(anything);
        }
    }
}
