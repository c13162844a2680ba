package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.KeyedPool;
import io.dewpond.Lease;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets the room that comes free, and what makes room where there is none. */
abstract class KeyedRoomClause extends KeyedClause {
    KeyedRoomClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G65")
    void roomGoesToWhoeverWaitsLongestOfAllKeys() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        Borrower first = waiting(pool, "b");
        Borrower second = waiting(pool, "c");
        Borrower third = waiting(pool, "d");
        held.invalidate(null);
        CheckedLease b = first.lease();
        keeps(pool, () -> !second.isDone() && !third.isDone());
        b.invalidate(null);
        CheckedLease c = second.lease();
        keeps(pool, () -> !third.isDone());
        close(c);
        third.lease();
    }

    @Test
    @Tag("G65")
    void keyWithoutRoomIsPassedOver() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 1);
        CheckedLease full = take(pool, "full");
        CheckedLease held = take(pool, "a");
        Borrower older = waiting(pool, "full");
        Borrower younger = waiting(pool, "b");
        held.invalidate(null);
        younger.lease();
        assertFalse(older.isDone());
        close(full);
        older.lease();
    }

    @Test
    @Tag("G65")
    void waiterThatHasLeftIsPassedOver() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        Borrower first = waiting(pool, "b", Duration.ofSeconds(1));
        Borrower second = waiting(pool, "c");
        ticker.advance(Duration.ofSeconds(1));
        first.failure(AcquireTimeoutException.class);
        close(held);
        second.lease();
        assertEquals(0, factory.of("b").creations().calls());
    }

    @Test
    @Tag("G65")
    void leastRecentlyUsedIdleObjectMakesWay() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 3);
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        CheckedLease c = take(pool, "c");
        close(b);
        close(a);
        close(c);
        CheckedLease d = take(pool, "d");
        assertTrue(isAlive(a) && !isAlive(b) && isAlive(c), "b was used longest ago");
        CheckedLease e = take(pool, "e");
        assertTrue(!isAlive(a) && isAlive(c), "a was used longest ago");
        close(d);
        close(e);
        assertEquals(3, factory.mostTaken());
    }

    @Test
    @Tag("G65")
    void leastRecentlyUsedOfAKeyMakesWay() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 2);
        CheckedLease first = take(pool, "a");
        CheckedLease second = take(pool, "a");
        close(second);
        close(first);
        CheckedLease lease = take(pool, "b");
        assertTrue(isAlive(first) && !isAlive(second), "the second was used longest ago");
        close(lease);
    }

    @Test
    @Tag("G65")
    void noMoreMakesWayThanIsNeeded() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 4);
        for (CheckedLease lease : new CheckedLease[] {
            take(pool, "a"), take(pool, "b"), take(pool, "c"), take(pool, "d"),
        }) {
            close(lease);
        }
        CheckedLease first = take(pool, "e");
        CheckedLease second = take(pool, "e");
        keeps(pool, () -> pool.stats().destroyed() == 2);
        close(first);
        close(second);
        close(take(pool, "e"));
        assertEquals(2, pool.stats().destroyed());
    }

    @Test
    @Tag("G65")
    void nothingMakesWayWhileThereIsRoom() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 1);
        close(take(pool, "a"));
        close(take(pool, "b"));
        close(take(pool, "c"));
        keeps(pool, () -> pool.stats().destroyed() == 0);
        assertEquals(3, pool.stats().idle());
    }

    @Test
    @Tag("G65")
    void objectThatIsReleasedMakesWayForAWaiterOfAnotherKey() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 2);
        CheckedLease first = take(pool, "a");
        CheckedLease second = take(pool, "a");
        Borrower waiter = waiting(pool, "b");
        close(first);
        waiter.lease();
        close(second);
        keeps(pool, () -> isAlive(second));
        assertFalse(isAlive(first));
    }

    @Test
    @Tag("G65")
    void objectLeftBehindByAWaiterThatGaveUpMakesWay() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        Gate gate = gate();
        factory.of("a").creations().next(Step.pass(gate));
        Borrower first = waiting(pool, "a", Duration.ofSeconds(1));
        gate.awaitArrivals(1, patience());
        Borrower second = waiting(pool, "b");
        ticker.advance(Duration.ofSeconds(1));
        first.failure(AcquireTimeoutException.class);
        gate.open();
        second.lease();
    }

    @Test
    @Tag("G65")
    void keyThatHasNothingIsServedBeforeYoungerWaitersOfAnother() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "busy");
        Borrower older = waiting(pool, "poor");
        Borrower younger = waiting(pool, "busy");
        assertServedFirst(older, younger, held);
    }

    @Test
    @Tag("G65")
    void keyThatHasNothingLeftIsServedBeforeYoungerWaitersOfAnother() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease last = take(pool, "poor");
        Borrower first = waiting(pool, "busy");
        Borrower older = waiting(pool, "poor");
        last.invalidate(null);
        CheckedLease held = first.lease();
        Borrower younger = waiting(pool, "busy");
        assertServedFirst(older, younger, held);
    }

    private void assertServedFirst(Borrower older, Borrower younger, CheckedLease held) throws InterruptedException {
        close(held);
        CheckedLease lease = older.lease();
        assertFalse(younger.isDone());
        close(lease);
        younger.lease();
    }

    @Test
    @Tag("G65")
    void olderWaitersOfAKeyAreServedByItsOwnObjectFirst() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "busy");
        Borrower older = waiting(pool, "busy");
        Borrower younger = waiting(pool, "poor");
        close(held);
        CheckedLease again = older.lease();
        assertSame(held.resource(), again.get());
        assertFalse(younger.isDone());
        close(again);
        younger.lease();
    }

    @Test
    @Tag("G65")
    void borrowerWhoDoesNotWaitHasRoomMadeForALaterCall() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        close(held);
        assertEquals(Optional.empty(), pool.tryAcquire("b"));
        await(pool, () -> pool.stats().total() == 0);
        assertEquals(Optional.empty(), pool.tryAcquire("b"));
        await(pool, () -> pool.stats().idle() == 1);
        Lease<Resource> lease = pool.tryAcquire("b").orElseThrow();
        lease.close();
        assertFalse(isAlive(held));
    }

    @Test
    @Tag("G65")
    void borrowerWhoDoesNotWaitTakesNoRoomFromThoseWhoDo() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        Borrower waiter = waiting(pool, "b");
        borrow(pool, "c", Duration.ZERO).failure(AcquireTimeoutException.class);
        close(held);
        waiter.lease();
        assertEquals(0, factory.of("c").creations().calls());
    }
}
