package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A future that is given up, or whose time is over, leaves the queue as a thread does, and nothing is lost by it. */
@Tag("G12")
abstract class AsyncEndClause extends FutureClause {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    AsyncEndClause(PoolContract contract) {
        super(contract);
    }

    @Test
    void cancellationGivesUpThePlace() throws InterruptedException {
        Pool<Resource> pool = open(config(1).maxWaiters(2));
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> first = later(pool, LONG);
        CompletableFuture<Lease<Resource>> second = later(pool, LONG);
        failure(later(pool, LONG), AcquireRejectedException.class);
        assertTrue(second.cancel(false));
        assertEquals(1, pool.stats().waiting());
        assertTrue(first.cancel(true));
        assertEquals(0, pool.stats().waiting());
        assertEquals(0, pool.stats().timedOut());
        Borrower next = waiting(pool, LONG);
        held.close();
        assertSame(held.resource(), next.lease().get());
    }

    @Test
    void futureThatItsOwnerCompletesGivesUpThePlace() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        assertTrue(later(pool, LONG).completeExceptionally(new TimeoutException("the owner's own")));
        assertEquals(0, pool.stats().waiting());
        held.close();
        awaitIdle(pool, 1);
    }

    @Test
    @Tag("G10")
    void grantToAFutureThatIsCancelledInThatInstantGoesToTheNext() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (int i = 0; i < RACES; i++) {
            CheckedLease current = held;
            CompletableFuture<Lease<Resource>> first = later(pool, LONG);
            Borrower second = waiting(pool, LONG);
            Race.between(Race.run(() -> first.cancel(false)), Race.run(current::close));
            if (!first.isCancelled()) {
                lease(first).close();
            }
            held = second.lease();
        }
        held.close();
        awaitIdle(pool, 1);
    }

    @Test
    @Tag("G10")
    void grantThatComesWithTheTimeoutIsNotLost() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (int i = 0; i < RACES; i++) {
            CheckedLease current = held;
            CompletableFuture<Lease<Resource>> first = later(pool, SECOND);
            CompletableFuture<Lease<Resource>> second = later(pool, LONG);
            Race.between(Race.run(() -> ticker.advance(SECOND)), Race.run(current::close));
            await(pool, first::isDone);
            if (!first.isCompletedExceptionally()) {
                first.join().close();
            }
            held = new CheckedLease(lease(second));
        }
        held.close();
        awaitIdle(pool, 1);
    }

    @Test
    @Tag("G2")
    void futureFailsAtItsDeadlineAndNotBefore() throws InterruptedException {
        Pool<Resource> pool = open(config(1).name("parsers"));
        take(pool);
        CompletableFuture<Lease<Resource>> patient = later(pool, Duration.ofSeconds(3));
        CompletableFuture<Lease<Resource>> hasty = later(pool, SECOND);
        ticker.advance(SECOND.minusNanos(1));
        keeps(pool, () -> !hasty.isDone());
        ticker.advance(Duration.ofNanos(1));
        AcquireTimeoutException failure = failure(hasty, AcquireTimeoutException.class);
        assertEquals(SECOND, failure.waited());
        assertEquals(1, failure.holders().size());
        assertSays(failure, "'parsers'", "1.0 s", "1 of 1 places", "borrower-1");
        assertEquals(1, pool.stats().waiting());
        assertEquals(1, pool.stats().timedOut());
        assertFalse(patient.isDone());
        ticker.advance(Duration.ofSeconds(2));
        assertEquals(
                Duration.ofSeconds(3),
                failure(patient, AcquireTimeoutException.class).waited());
    }

    @Test
    @Tag("G3")
    void zeroAndNegativeTimeoutsOfFuturesNeverWait() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool);
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            CompletableFuture<Lease<Resource>> future = later(pool, timeout);
            assertTrue(future.isDone());
            assertEquals(
                    Duration.ZERO,
                    failure(future, AcquireTimeoutException.class).waited());
        }
    }

    @Test
    @Tag("G3")
    void longestTimeoutOfAFutureDoesNotOverflow() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = later(pool, LONGEST);
        ticker.advance(Duration.ofDays(1000));
        keeps(pool, () -> !future.isDone());
        held.close();
        assertSame(held.resource(), lease(future).get());
    }

    @Test
    @Tag("G3")
    void nullTimeoutOfAFutureIsRefused() {
        Pool<Resource> pool = open(1);
        assertThrows(NullPointerException.class, () -> pool.acquireAsync(AcquireClause.nothing()));
    }

    @Test
    void shutdownFailsFutures() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        failure(future, PoolClosedException.class);
        CompletableFuture<Lease<Resource>> late = later(pool, LONG);
        assertTrue(late.isDone());
        failure(late, PoolClosedException.class);
        held.close();
        await(pool, end::isDone);
    }

    @Test
    @Tag("G24")
    void futureFailsFastIfThePoolDoes() throws InterruptedException {
        IOException refused = new IOException("connection refused");
        factory.creations().always(Step.fail(refused));
        Pool<Resource> pool = open(config(1).failFast(true));
        assertSame(
                refused,
                failure(later(pool, LONG), CreationFailedException.class).getCause());
    }
}
