package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How objects are lent, and in which order borrowers wait for them. */
abstract class AcquireClause extends Clause {
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

    AcquireClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G1")
    void emptyPoolWithRoomCreates() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        assertNotSame(first.get(), second.get());
        assertEquals(2, pool.stats().leased());
    }

    @Test
    @Tag("G1")
    void idleObjectIsLentAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease lease = take(pool);
        lease.close();
        assertSame(lease.resource(), borrow(pool, Duration.ZERO).lease().get());
        assertEquals(1, factory.made().size());
    }

    @Test
    @Tag("G1")
    void fullPoolWaitsForARelease() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        assertFalse(waiter.isDone());
        lease.close();
        assertSame(lease.resource(), waiter.lease().get());
        assertEquals(1, factory.creations().calls());
    }

    @Test
    @Tag("G1")
    void lowestPlaceIsLentFirst() throws InterruptedException {
        Pool<Resource> pool = open(3);
        List<CheckedLease> leases = List.of(take(pool), take(pool), take(pool));
        for (int i : new int[] {1, 2, 0}) {
            leases.get(i).close();
        }
        for (CheckedLease lease : leases) {
            assertSame(lease.resource(), take(pool).get());
        }
    }

    @Test
    @Tag("G3")
    void zeroAndNegativeTimeoutsNeverWait() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            AcquireTimeoutException failure = borrow(pool, timeout).failure(AcquireTimeoutException.class);
            assertEquals(Duration.ZERO, failure.waited());
        }
        held.close();
        assertSame(held.resource(), borrow(pool, Duration.ofNanos(-1)).lease().get());
    }

    @Test
    @Tag("G3")
    void zeroTimeoutDoesNotWaitForACreation() throws InterruptedException {
        Pool<Resource> pool = open(1);
        factory.creations().always(Step.pass(gate()));
        borrow(pool, Duration.ZERO).failure(AcquireTimeoutException.class);
    }

    @Test
    @Tag("G3")
    void nullTimeoutIsRefused() {
        Pool<Resource> pool = open(1);
        assertThrows(NullPointerException.class, () -> pool.acquire(nothing()));
        assertEquals(0, factory.creations().calls());
    }

    @Test
    @Tag("G3")
    void longestTimeoutDoesNotOverflow() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease first = borrow(pool, LONGEST).lease();
        Borrower waiter = waiting(pool, LONGEST);
        ticker.advance(Duration.ofDays(1000));
        keeps(pool, () -> !waiter.isDone());
        first.close();
        assertSame(first.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G4")
    void releaseDuringASlowCreationServesTheWaiter() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease held = take(pool);
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        held.close();
        assertSame(held.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G23")
    void creationThatItsBorrowerNoLongerNeedsLandsWithTheNext() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease held = take(pool);
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Borrower first = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        held.close();
        first.lease();
        Borrower second = waiting(pool, LONG);
        gate.open();
        assertNotSame(held.resource(), second.lease().get());
        assertEquals(2, factory.creations().calls());
    }

    @Test
    @Tag("G23")
    void creationThatNobodyNeedsAnyMoreIsKeptForTheNext() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease held = take(pool);
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        held.close();
        waiter.lease();
        gate.open();
        awaitIdle(pool, 1);
        assertEquals(2, borrow(pool, Duration.ZERO).lease().get().number());
    }

    @Test
    @Tag("G5")
    void releaseWakesAWaiterWhicheverWayTheObjectWasAcquired() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).close();

        Lease<Resource> tried = pool.tryAcquire().orElseThrow();
        Borrower first = waiting(pool, LONG);
        tried.close();
        CheckedLease handedOver = first.lease();

        Borrower second = waiting(pool, LONG);
        handedOver.close();
        second.lease().close();

        Borrower third = pool.use(resource -> waiting(pool, LONG));
        third.lease();
    }

    @Test
    @Tag("G5")
    void handoverDoesNotWaitForAPoll() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        List<Long> nanos = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            bare.add(bareHandover());
            Borrower waiter = waiting(pool, LONG);
            long start = System.nanoTime();
            held.close();
            held = waiter.lease();
            nanos.add(System.nanoTime() - start);
        }
        Collections.sort(nanos);
        Collections.sort(bare);
        // A poll every 100 ms would take 50 ms on average; the median of a signal is well below 1 ms. Where the machine
        // itself takes long to wake a thread, a bare signal taken by turns with the pool's shows it.
        long most = Duration.ofMillis(25).toNanos() + 2 * bare.get(7);
        assertTrue(nanos.get(7) < most, () -> "handovers took " + nanos + ", bare signals " + bare);
    }

    /** Tells how long it takes to wake a thread and to be woken by it. */
    private static long bareHandover() throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        Thread partner = new Thread(() -> {
            try {
                there.await();
                back.countDown();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        partner.start();
        while (partner.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        there.countDown();
        back.await();
        return System.nanoTime() - start;
    }

    @Test
    @Tag("G7")
    void waitersAreServedInOrderOfArrival() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        List<Borrower> queue = List.of(waiting(pool, LONG), waiting(pool, LONG), waiting(pool, LONG));
        for (int i = 0; i < queue.size(); i++) {
            held.close();
            held = queue.get(i).lease();
            for (Borrower later : queue.subList(i + 1, queue.size())) {
                assertFalse(later.isDone());
            }
        }
    }

    @Test
    @Tag("G11")
    void tryAcquireTakesOnlyWhatIsIdle() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        assertEquals(Optional.empty(), pool.tryAcquire());
        held.close();
        try (Lease<Resource> lease = pool.tryAcquire().orElseThrow()) {
            assertSame(held.resource(), lease.get());
        }
    }

    @Test
    @Tag("G11")
    void tryAcquireHasAnObjectCreatedForALaterCall() {
        Pool<Resource> pool = open(1);
        AtomicReference<Thread> creator = new AtomicReference<>();
        factory.creations().next(() -> {
            creator.set(Thread.currentThread());
            return true;
        });
        assertEquals(Optional.empty(), pool.tryAcquire());
        awaitIdle(pool, 1);
        pool.tryAcquire().orElseThrow().close();
        assertNotSame(Thread.currentThread(), creator.get());
        assertEquals(1, factory.creations().calls());
    }

    @Test
    @Tag("G11")
    void tryAcquireIgnoresAnInterruptAndKeepsTheFlag() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).close();
        Thread.currentThread().interrupt();
        Optional<Lease<Resource>> lease = pool.tryAcquire();
        assertTrue(Thread.interrupted());
        lease.orElseThrow().close();
    }

    @Test
    @Tag("G60")
    void oneWaiterTooManyIsRefusedAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(config(1).maxWaiters(1));
        CheckedLease held = take(pool);
        Borrower waiter = waiting(pool, LONG);
        AcquireRejectedException refused = borrow(pool, LONG).failure(AcquireRejectedException.class);
        assertEquals("contract", refused.pool());
        assertEquals(1, pool.stats().rejected());
        held.close();
        waiter.lease();
    }

    @Test
    @Tag("G16")
    void useReleasesOnReturnAndOnThrow() throws InterruptedException {
        Pool<Resource> pool = open(1);
        Resource used = pool.use(resource -> resource);
        assertEquals(1, pool.stats().idle());
        Exception exception = new Exception("of the work");
        assertSame(
                exception,
                assertThrows(
                        Exception.class,
                        () -> pool.use(resource -> {
                            throw exception;
                        })));
        Error error = new Error("of the work");
        assertSame(
                error,
                assertThrows(
                        Error.class,
                        () -> pool.use(resource -> {
                            throw error;
                        })));
        assertSame(used, pool.use(resource -> resource));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // null is passed to see it refused
    static <V> V nothing() {
        return null;
    }
}
