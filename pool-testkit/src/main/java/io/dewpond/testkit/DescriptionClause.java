package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolDescription;
import io.dewpond.QueuedBorrower;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A description shows who holds what, who waits and what went wrong, and is readable. */
abstract class DescriptionClause extends Clause {
    DescriptionClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G71")
    void descriptionShowsEveryHolderTheOldestLeaseFirst() throws InterruptedException {
        Pool<Resource> pool = open(config(8).siteSampling(1));
        for (int i = 0; i < 7; i++) {
            take(pool);
            ticker.advance(Duration.ofSeconds(10));
        }
        PoolDescription picture = pool.control().describe();
        assertEquals("contract", picture.pool());
        assertEquals(pool.stats(), picture.stats());
        assertEquals(7, picture.holders().size());
        for (int i = 0; i < 7; i++) {
            LeaseHolder holder = picture.holders().get(i);
            assertEquals("borrower-" + (i + 1), holder.thread());
            assertSeconds(70 - 10 * i, holder.held());
            assertFalse(holder.site().isEmpty());
        }
        assertTrue(picture.queue().isEmpty());
        assertNull(picture.lastFailure());
        assertTrue(picture.toString().contains("\n  lent to borrower-7 for "), picture::toString);
    }

    @Test
    @Tag("G71")
    void descriptionShowsWhoWaitsInOrderAndHowMuchTimeIsLeft() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        waiting(pool, Duration.ofSeconds(100));
        ticker.advance(Duration.ofSeconds(10));
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(Duration.ofSeconds(50));
        ticker.advance(Duration.ofSeconds(5));
        PoolDescription picture = pool.control().describe();
        assertEquals(2, picture.queue().size());
        QueuedBorrower first = picture.queue().get(0);
        assertEquals("borrower-2", first.thread());
        assertSeconds(15, first.waited());
        assertSeconds(85, first.left());
        QueuedBorrower second = picture.queue().get(1);
        assertEquals(Thread.currentThread().getName(), second.thread());
        assertSeconds(5, second.waited());
        assertSeconds(45, second.left());
        assertTrue(picture.toString().contains("\n  waiting: borrower-2 for 15.0 s, 85.0 s left"), picture::toString);
        future.cancel(false);
        held.close();
    }

    @Test
    @Tag("G71")
    void descriptionShowsTheHeadOfALongQueueOnly() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (int i = 0; i < PoolDescription.MOST_QUEUED + 2; i++) {
            waiting(pool, LONG);
        }
        PoolDescription picture = pool.control().describe();
        assertEquals(PoolDescription.MOST_QUEUED, picture.queue().size());
        assertEquals("borrower-2", picture.queue().get(0).thread());
        assertTrue(picture.toString().contains("\n  waiting: 2 more"), picture::toString);
        held.close();
    }

    @Test
    @Tag("G71")
    void descriptionTellsTheLastFailureOfACreation() throws InterruptedException {
        IOException refusal = new IOException("refused");
        factory.creations().next(Step.fail(refusal));
        Pool<Resource> pool = open(1);
        Borrower waiter = waiting(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() == 1);
        PoolDescription picture = pool.control().describe();
        assertSame(refusal, picture.lastFailure());
        assertTrue(picture.toString().contains("\n  the last creation failed: " + refusal), picture::toString);
        ticker.advance(pool.config().maxRetryDelay());
        waiter.lease();
    }

    @Test
    @Tag("G52")
    @Tag("G71")
    void descriptionTellsThatThePoolIsSuspended() {
        Pool<Resource> pool = open(1);
        assertFalse(pool.control().describe().toString().contains("suspended"));
        pool.control().suspend();
        assertTrue(pool.control().describe().toString().contains("0 waiting, suspended"));
        pool.control().resume();
    }

    @Test
    @Tag("G71")
    void closedPoolCanBeDescribed() {
        Pool<Resource> pool = open(1);
        pool.close();
        assertEquals(0, pool.control().describe().stats().total());
    }
}
