package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A deadline is a deadline, whatever the callbacks do, and the exception explains itself. */
abstract class DeadlineClause extends Clause {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int RACES = 100;

    DeadlineClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G2")
    void waiterGivesUpAtItsDeadlineAndNotBefore() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool);
        Borrower waiter = waiting(pool, SECOND);
        ticker.advance(SECOND.minusNanos(1));
        keeps(pool, () -> !waiter.isDone());
        ticker.advance(Duration.ofNanos(1));
        AcquireTimeoutException failure = waiter.failure(AcquireTimeoutException.class);
        assertEquals(SECOND, failure.waited());
        assertEquals(0, pool.stats().waiting());
        assertEquals(1, pool.stats().timedOut());
    }

    @Test
    @Tag("G2")
    void acquireWithoutATimeoutWaitsAsLongAsConfigured() throws InterruptedException {
        Pool<Resource> pool = open(config(1).acquireTimeout(Duration.ZERO));
        take(pool);
        assertThrows(AcquireTimeoutException.class, pool::acquire);
    }

    @Test
    @Tag("G2")
    void deadlineHoldsOnTheRealClock() throws InterruptedException {
        Pool<Resource> pool = open(config(1).ticker(Ticker.system()));
        factory.creations().always(Step.hang(gate()));
        long start = System.nanoTime();
        borrow(pool, Duration.ofMillis(20)).failure(AcquireTimeoutException.class);
        assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos(), "too early");
    }

    @Test
    @Tag("G2")
    void hungCreationHoldsNobodyPastTheDeadline() throws InterruptedException {
        Pool<Resource> pool = open(1);
        factory.creations().always(Step.hang(gate()));
        Borrower waiter = waiting(pool, SECOND);
        ticker.advance(SECOND);
        waiter.failure(AcquireTimeoutException.class);
    }

    @Test
    @Tag("G2")
    void hungValidationHoldsNobodyPastTheDeadline() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool =
                open(config(1).validator(resource -> Step.hang(gate).take()));
        take(pool).close();
        ticker.advance(SECOND);
        Borrower waiter = waiting(pool, SECOND);
        awaitArrivals(gate, 1);
        ticker.advance(SECOND);
        waiter.failure(AcquireTimeoutException.class);
    }

    @Test
    @Tag("G2")
    @Tag("G26")
    void hungDestructionHoldsNobodyPastTheDeadline() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.hang(gate));
        Pool<Resource> pool = open(config(1).evictionPolicy((resource, info) -> true));
        take(pool).close();
        awaitArrivals(gate, 1);
        Borrower waiter = waiting(pool, SECOND);
        ticker.advance(SECOND);
        waiter.failure(AcquireTimeoutException.class);
    }

    @Test
    @Tag("G2")
    @Tag("G24")
    @Tag("G28")
    void failingCreationLeavesTheWaiterItsDeadlineAndBecomesTheCause() throws InterruptedException {
        IOException refused = new IOException("connection refused");
        factory.creations().always(Step.fail(refused));
        Pool<Resource> pool = open(1);
        Borrower waiter = waiting(pool, SECOND);
        await(pool, () -> pool.stats().creationFailures() > 0);
        keeps(pool, () -> !waiter.isDone());
        ticker.advance(SECOND);
        AcquireTimeoutException failure = waiter.failure(AcquireTimeoutException.class);
        assertSame(refused, failure.getCause());
        assertSays(failure, "connection refused");
    }

    @Test
    @Tag("G59")
    void timeoutTellsWhoHoldsTheObjectsAndSinceWhen() throws InterruptedException {
        Pool<Resource> pool = open(config(2).name("parsers"));
        take(pool);
        ticker.advance(Duration.ofSeconds(20));
        take(pool);
        Borrower waiter = waiting(pool, Duration.ofSeconds(10));
        ticker.advance(Duration.ofSeconds(10));
        AcquireTimeoutException failure = waiter.failure(AcquireTimeoutException.class);

        assertEquals("parsers", failure.pool());
        assertEquals(Duration.ofSeconds(10), failure.waited());
        PoolStats stats = failure.stats();
        assertTrue(stats != null && stats.leased() == 2 && stats.maxSize() == 2, () -> "" + stats);
        List<LeaseHolder> holders = failure.holders();
        assertEquals(
                List.of("borrower-1", "borrower-2"),
                holders.stream().map(LeaseHolder::thread).toList());
        assertSeconds(30, holders.get(0).held());
        assertSeconds(10, holders.get(1).held());
        assertSays(failure, "'parsers'", "10.0 s", "2 of 2 places", "2 leased", "borrower-1", "borrower-2");
    }

    @Test
    @Tag("G17")
    void threadThatHoldsEverythingIsToldThatItWaitedForItself() throws Exception {
        Pool<Resource> pool = open(2);
        AcquireTimeoutException failure = failureOfOneThatHolds(2, pool);
        assertTrue(failure.selfDeadlock());
        assertSays(failure, "waiting for itself");
    }

    @Test
    @Tag("G17")
    void threadThatWaitsForAnotherIsNotToldSo() throws Exception {
        Pool<Resource> pool = open(3);
        CheckedLease others = take(pool);
        AcquireTimeoutException failure = failureOfOneThatHolds(2, pool);
        assertFalse(failure.selfDeadlock());
        assertFalse(String.valueOf(failure.getMessage()).contains("itself"), failure::toString);
        others.close();
    }

    @Test
    @Tag("G17")
    void threadThatWaitsForAPoolWithoutPlacesIsNotToldSo() throws Exception {
        Pool<Resource> pool = open(1);
        pool.control().resize(0, 0);
        assertFalse(failureOfOneThatHolds(0, pool).selfDeadlock());
    }

    /** Has a thread acquire so many objects, and then one more. */
    private AcquireTimeoutException failureOfOneThatHolds(int number, Pool<Resource> pool) throws Exception {
        int before = pool.stats().leased();
        FutureTask<AcquireTimeoutException> greedy = new FutureTask<>(() -> {
            List<Lease<Resource>> held = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                held.add(pool.acquire(LONG));
            }
            try {
                return assertThrows(AcquireTimeoutException.class, () -> pool.acquire(SECOND));
            } finally {
                held.forEach(Lease::close);
            }
        });
        Thread thread = new Thread(greedy, "greedy");
        thread.setDaemon(true);
        thread.start();
        await(
                pool,
                () -> pool.stats().leased() == before + number && pool.stats().waiting() == 1);
        ticker.advance(SECOND);
        return greedy.get(patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    @Test
    @Tag("G10")
    void timedOutWaiterGivesItsGrantBack() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (int i = 0; i < RACES; i++) {
            CheckedLease current = held;
            Borrower first = waiting(pool, SECOND);
            Borrower second = waiting(pool, LONG);
            Race.between(Race.run(() -> ticker.advance(SECOND)), Race.run(current::close));
            await(pool, first::isDone);
            if (first.isServed()) {
                first.lease().close();
            }
            held = second.lease();
        }
        held.close();
        assertEquals(1, pool.stats().idle());
    }

    @Test
    @Tag("G10")
    void creationThatComesWithTheTimeoutIsNotLost() throws Exception {
        Pool<Resource> pool = open(1);
        for (int i = 0; i < RACES; i++) {
            Gate gate = gate();
            factory.creations().next(Step.pass(gate));
            Borrower waiter = waiting(pool, SECOND);
            awaitArrivals(gate, 1);
            Race.between(Race.run(() -> ticker.advance(SECOND)), Race.run(gate::open));
            await(pool, waiter::isDone);
            if (waiter.isServed()) {
                waiter.lease().close();
            }
            take(pool).invalidate(null);
            awaitQuiet(pool);
        }
        assertEquals(RACES, factory.made().size());
    }

    @Test
    @Tag("G2")
    void waiterThatTimedOutLeavesTheOthersTheirPlaces() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        Borrower first = waiting(pool, SECOND);
        Borrower second = waiting(pool, LONG);
        ticker.advance(SECOND);
        first.failure(AcquireTimeoutException.class);
        held.close();
        assertSame(held.resource(), second.lease().get());
    }
}
