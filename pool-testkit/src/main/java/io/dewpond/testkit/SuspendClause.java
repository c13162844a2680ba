package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A suspended pool lends nothing and does everything else; once it is resumed, those who wait are served in their order. */
abstract class SuspendClause extends Clause {
    SuspendClause(PoolContract contract) {
        super(contract);
    }

    /** A pool with so many idle objects, suspended. */
    private Pool<Resource> suspended(int size) throws InterruptedException {
        Pool<Resource> pool = open(size);
        List<CheckedLease> leases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leases.add(take(pool));
        }
        leases.forEach(CheckedLease::close);
        awaitIdle(pool, size);
        pool.control().suspend();
        return pool;
    }

    @Test
    @Tag("G52")
    void suspendedPoolLendsNothingThoughItIsIdle() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        assertTrue(pool.stats().suspended());
        assertEquals(Optional.empty(), pool.tryAcquire());
        Borrower waiter = waiting(pool, LONG);
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(LONG);
        keeps(pool, () -> !waiter.isDone() && !future.isDone() && pool.stats().idle() == 1);
        pool.control().resume();
        waiter.lease().close();
        await(pool, future::isDone);
        future.join().close();
        assertFalse(pool.stats().suspended());
    }

    @Test
    @Tag("G52")
    void futureAloneWaitsForTheResumeToo() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(LONG);
        keeps(pool, () -> !future.isDone() && pool.stats().idle() == 1);
        pool.control().resume();
        await(pool, future::isDone);
        future.join().close();
    }

    @Test
    @Tag("G52")
    void timeoutOfZeroIsOverAtOnceAndSaysWhy() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        assertSays(borrow(pool, Duration.ZERO).failure(AcquireTimeoutException.class), "at once, for it is suspended");
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(Duration.ZERO);
        assertTrue(future.isCompletedExceptionally());
        assertEquals(2, pool.stats().timedOut());
        pool.control().resume();
    }

    @Test
    @Tag("G52")
    void waiterKeepsItsDeadline() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        Borrower waiter = waiting(pool, Duration.ofSeconds(2));
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(Duration.ofSeconds(2));
        ticker.advance(Duration.ofSeconds(2).minusNanos(1));
        keeps(pool, () -> !waiter.isDone() && !future.isDone());
        ticker.advance(Duration.ofNanos(1));
        assertSays(waiter.failure(AcquireTimeoutException.class), "suspended");
        await(pool, future::isCompletedExceptionally);
        pool.control().resume();
        take(pool).close();
    }

    @Test
    @Tag("G52")
    void waiterCanBeInterrupted() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        Borrower waiter = waiting(pool, LONG);
        waiter.interrupt();
        waiter.failure(InterruptedException.class);
        assertEquals(0, pool.stats().waiting());
        pool.control().resume();
    }

    @Test
    @Tag("G52")
    void resumeServesInOrderOfArrival() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        List<Borrower> waiters = List.of(waiting(pool, LONG), waiting(pool, LONG), waiting(pool, LONG));
        ticker.advance(Duration.ofSeconds(1)); // nobody may overtake them any more
        pool.control().resume();
        for (int i = 0; i < waiters.size(); i++) {
            CheckedLease lease = waiters.get(i).lease();
            int next = i + 1;
            keeps(pool, () -> waiters.stream().skip(next).noneMatch(Borrower::isDone));
            lease.close();
        }
    }

    @Test
    @Tag("G52")
    void resumeServesAsManyAsItHasObjects() throws InterruptedException {
        Pool<Resource> pool = suspended(3);
        List<Borrower> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiters.add(waiting(pool, LONG));
        }
        CompletableFuture<Lease<Resource>> fourth = pool.acquireAsync(LONG);
        pool.control().resume();
        List<CheckedLease> leases = new ArrayList<>();
        for (Borrower waiter : waiters) {
            leases.add(waiter.lease());
        }
        assertFalse(fourth.isDone());
        leases.forEach(CheckedLease::close);
        await(pool, fourth::isDone);
        fourth.join().close();
        assertEquals(3, factory.creations().calls());
    }

    @Test
    @Tag("G52")
    void resumeServesFuturesOneAfterTheOther() throws InterruptedException {
        Pool<Resource> pool = suspended(3);
        List<CompletableFuture<Lease<Resource>>> futures =
                List.of(pool.acquireAsync(LONG), pool.acquireAsync(LONG), pool.acquireAsync(LONG));
        pool.control().resume();
        await(pool, () -> futures.stream().allMatch(CompletableFuture::isDone));
        futures.forEach(future -> future.join().close());
    }

    @Test
    @Tag("G52")
    void leasesOfASuspendedPoolLastAndEndAsEver() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease kept = take(pool);
        CheckedLease spoilt = take(pool);
        pool.control().suspend();
        Borrower waiter = waiting(pool, LONG);
        assertTrue(kept.get().isSound());
        spoilt.invalidate(null);
        await(pool, () -> spoilt.resource().destructions() == 1);
        kept.close();
        awaitIdle(pool, 1);
        keeps(pool, () -> !waiter.isDone());
        pool.control().resume();
        assertSame(kept.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G52")
    void nothingIsMadeForThoseWhoWaitBeforeTheResume() throws InterruptedException {
        Pool<Resource> pool = open(2);
        pool.control().suspend();
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        assertEquals(Optional.empty(), pool.tryAcquire());
        keeps(pool, () -> factory.creations().calls() == 0);
        pool.control().resume();
        assertNotSame(first.lease().get(), second.lease().get());
    }

    @Test
    @Tag("G52")
    void creationThatIsUnderWayEndsIdle() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = open(1);
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        pool.control().suspend();
        gate.open();
        awaitIdle(pool, 1);
        keeps(pool, () -> !waiter.isDone());
        pool.control().resume();
        waiter.lease();
    }

    @Test
    @Tag("G52")
    void maintenanceGoesOn() {
        Pool<Resource> pool = open(config(2)
                .minIdle(2)
                .evictionPolicy((resource, info) -> info.age().compareTo(Duration.ofMinutes(1)) >= 0));
        awaitIdle(pool, 2);
        pool.control().suspend();
        ticker.advance(Duration.ofMinutes(1));
        await(
                pool,
                () -> factory.made().stream()
                                .filter(resource -> resource.destructions() == 1)
                                .count()
                        >= 2);
        awaitIdle(pool, 2);
        CompletableFuture<Void> refreshed = pool.control().refresh();
        await(pool, refreshed::isDone);
        awaitIdle(pool, 2);
        pool.control().resume();
    }

    @Test
    @Tag("G52")
    @Tag("G50")
    void sizeOfASuspendedPoolCanBeChanged() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        pool.control().resize(0, 2);
        keeps(pool, () -> !first.isDone() && !second.isDone());
        pool.control().resume();
        assertNotSame(first.lease().get(), second.lease().get());
    }

    @Test
    @Tag("G52")
    void bothAreIdempotent() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        pool.control().suspend();
        Borrower waiter = waiting(pool, LONG);
        pool.control().resume();
        pool.control().resume();
        waiter.lease().close();
        take(pool).close();
    }

    @Test
    @Tag("G52")
    @Tag("G53")
    void suspendedPoolShutsDownAndIsNeverResumedThen() throws InterruptedException {
        Pool<Resource> pool = suspended(1);
        Borrower waiter = waiting(pool, LONG);
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        waiter.failure(PoolClosedException.class);
        await(pool, end::isDone);
        assertThrows(PoolClosedException.class, () -> pool.control().resume());
        assertThrows(PoolClosedException.class, () -> pool.control().suspend());
    }
}
