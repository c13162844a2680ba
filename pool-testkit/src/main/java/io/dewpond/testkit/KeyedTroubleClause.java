package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dewpond.KeyedPool;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a key that fails or hangs is its own trouble, and nobody else's. */
abstract class KeyedTroubleClause extends KeyedClause {
    KeyedTroubleClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G64")
    void creationThatHangsDelaysNoOtherKey() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(4, 2);
        Gate gate = gate();
        factory.of("hung").creations().always(Step.hang(gate));
        Borrower first = waiting(pool, "hung");
        Borrower second = waiting(pool, "hung");
        gate.awaitArrivals(2, patience());
        close(take(pool, "good"));
        assertFalse(first.isDone() || second.isDone());
    }

    @Test
    @Tag("G64")
    void keyThatHangsTakesUpNoMoreRoomThanItsOwnMaximum() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 2);
        Gate gate = gate();
        factory.of("hung").creations().always(Step.hang(gate));
        Borrower first = waiting(pool, "hung");
        for (int i = 0; i < 4; i++) {
            assertFalse(waiting(pool, "hung").isDone());
        }
        gate.awaitArrivals(2, patience());
        CheckedLease good = take(pool, "good");
        close(good);
        close(take(pool, "better"));
        assertEquals(2, factory.of("hung").creations().calls());
        assertEquals(3, factory.mostTaken());
        assertFalse(first.isDone());
    }

    @Test
    @Tag("G64")
    void creationThatFailsDelaysNoOtherKey() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        factory.of("bad").creations().always(Step.fail(new IOException("no object")));
        Borrower bad = waiting(pool, "bad");
        await(pool, () -> pool.stats().creationFailures() > 0);
        for (int i = 0; i < 3; i++) {
            close(take(pool, "good"));
        }
        assertFalse(bad.isDone());
    }

    @Test
    @Tag("G64")
    void keyThatFailsTakesItsTurnBehindTheOthersButTakesIt() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(1, 1);
        factory.of("bad").creations().next(Step.fail(new IOException("no object")));
        CheckedLease held = take(pool, "held");
        Borrower bad = waiting(pool, "bad");
        Borrower first = waiting(pool, "first");
        Borrower second = waiting(pool, "second");
        close(held);
        CheckedLease lease = first.lease(); // of the room that the failure left
        ticker.advance(Duration.ofMillis(1)); // later than the failure
        Borrower later = waiting(pool, "later");
        ticker.advance(Duration.ofMinutes(1)); // the back-off is over,
        Borrower last = waiting(pool, "bad"); // and somebody comes who has the pool see it
        close(lease);
        CheckedLease other = second.lease(); // who came later than the bad one, but before the failure
        assertFalse(bad.isDone() || later.isDone());
        close(other);
        CheckedLease good = bad.lease();
        assertFalse(later.isDone());
        close(good);
        close(later.lease());
        close(last.lease());
    }

    @Test
    @Tag("G64")
    void destructionThatHangsDelaysNoOtherKey() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 1);
        Gate gate = gate();
        factory.of("hung").destructions().always(Step.hang(gate));
        take(pool, "hung").invalidate(null);
        gate.awaitArrivals(1, patience());
        CheckedLease good = take(pool, "good");
        Borrower other = waiting(pool, "other");
        close(good);
        other.lease();
    }
}
