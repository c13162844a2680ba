package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That each key has objects of its own, and is otherwise a pool like any other. */
abstract class KeyedLendingClause extends KeyedClause {
    KeyedLendingClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G1")
    void eachKeyIsLentObjectsOfItsOwn() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        assertNotSame(a.get(), b.get());
        assertEquals(1, factory.of("a").made().size());
        assertEquals(1, factory.of("b").made().size());
        assertEquals(Set.of("a", "b"), pool.keys());
    }

    @Test
    @Tag("G1")
    void idleObjectIsLentToItsOwnKeyAgainAndToNoOther() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        CheckedLease a = take(pool, "a");
        close(a);
        CheckedLease b = take(pool, "b");
        assertNotSame(a.resource(), b.get());
        assertSame(a.resource(), borrow(pool, "a", Duration.ZERO).lease().get());
    }

    @Test
    @Tag("G2")
    void waitersOfAKeyAreServedInOrderOfArrival() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 1);
        CheckedLease held = take(pool, "a");
        Borrower first = waiting(pool, "a");
        Borrower second = waiting(pool, "a");
        close(held);
        CheckedLease lease = first.lease();
        assertFalse(second.isDone());
        close(lease);
        second.lease();
    }

    @Test
    @Tag("G3")
    void waiterGivesUpAtItsDeadlineAndSaysWhichKeyItWaitedFor() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 1);
        CheckedLease held = take(pool, "a");
        Borrower waiter = waiting(pool, "a", Duration.ofSeconds(2));
        ticker.advance(Duration.ofSeconds(1));
        keeps(pool, () -> !waiter.isDone());
        ticker.advance(Duration.ofSeconds(1));
        AcquireTimeoutException failure = waiter.failure(AcquireTimeoutException.class);
        assertTrue(String.valueOf(failure.getMessage()).contains("keyed[a]"), failure::getMessage);
        close(held);
    }

    @Test
    @Tag("G3")
    void tryAcquireTakesOnlyWhatIsIdle() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 1);
        CheckedLease held = take(pool, "a");
        assertEquals(Optional.empty(), pool.tryAcquire("a"));
        close(held);
        Lease<Resource> lease = pool.tryAcquire("a").orElseThrow();
        assertSame(held.resource(), lease.get());
        lease.close();
    }

    @Test
    @Tag("G3")
    void tryAcquireHasAnObjectMadeForALaterCall() {
        KeyedPool<String, Resource> pool = open(4, 1);
        assertEquals(Optional.empty(), pool.tryAcquire("a"));
        await(pool, () -> pool.stats().idle() == 1);
        pool.tryAcquire("a").orElseThrow().close();
    }

    @Test
    @Tag("G1")
    void futureIsCompletedWithALease() throws Exception {
        KeyedPool<String, Resource> pool = open(4, 1);
        CheckedLease held = take(pool, "a");
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync("a", LONG);
        assertFalse(future.isDone());
        close(held);
        await(pool, future::isDone);
        assertSame(held.resource(), future.get().get());
        future.get().close();
    }

    @Test
    @Tag("G1")
    void useAcquiresAndReleases() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 1);
        CheckedLease held = take(pool, "a");
        close(held);
        assertSame(held.resource(), pool.use("a", resource -> resource));
        assertEquals(1, pool.stats().idle());
    }

    @Test
    @Tag("G56")
    void numbersOfTheKeysAddUp() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        close(b);
        PoolStats one = pool.stats("a").orElseThrow();
        KeyedPoolStats all = pool.stats();
        assertEquals(1, one.leased());
        assertEquals(1, all.leased());
        assertEquals(1, all.idle());
        assertEquals(2, all.total());
        assertEquals(2, all.keys());
        assertEquals(4, all.maxTotal());
        assertEquals(2, all.acquired());
        assertEquals(Optional.empty(), pool.stats("c"));
        close(a);
    }

    @Test
    @Tag("G45")
    void suspectThatIsBadIsNotLent() throws InterruptedException {
        List<Resource> bad = new CopyOnWriteArrayList<>();
        KeyedPool<String, Resource> pool =
                open(config(4, 2).perKey(key -> key.validator(resource -> !bad.contains(resource))));
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        close(a);
        close(b);
        bad.addAll(List.of(a.resource(), b.resource()));
        pool.suspectIdle();
        assertNotSame(a.resource(), take(pool, "a").resource());
        assertNotSame(b.resource(), take(pool, "b").resource());
    }

    @Test
    @Tag("G1")
    void nullsAreRefused() {
        KeyedPool<String, Resource> pool = open(4, 2);
        assertThrows(NullPointerException.class, () -> pool.acquire(nothing(), LONG));
        assertThrows(NullPointerException.class, () -> pool.acquire("a", nothing()));
        assertThrows(NullPointerException.class, () -> pool.tryAcquire(nothing()));
        assertThrows(NullPointerException.class, () -> pool.acquireAsync(nothing(), LONG));
        assertThrows(NullPointerException.class, () -> pool.stats(nothing()));
        assertEquals(Set.of(), pool.keys());
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a caller without null checks may pass
    private static <T> T nothing() {
        @Nullable T none = null;
        return none;
    }
}
