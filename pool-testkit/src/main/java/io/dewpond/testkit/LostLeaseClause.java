package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lease that was garbage collected is noticed by those who miss its object; one that wasn't, is not. */
abstract class LostLeaseClause extends Clause {
    /** A good pool needs one collection and one interval; a bad one is found out sooner or later. */
    private static final int COLLECTIONS = 5;

    private final Recorder recorder = new Recorder();

    LostLeaseClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> listening(int maxSize) {
        return config(maxSize).listener(recorder);
    }

    @Test
    @Tag("G57")
    void objectOfALostLeaseIsDestroyedAndItsPlaceComesBack() throws InterruptedException {
        Pool<Resource> pool = open(listening(1));
        Resource lost = lose(pool);
        Borrower waiter = waiting(pool, LONG);
        collectUntil(pool, waiter::isDone);
        assertNotSame(lost, waiter.lease().get());
        assertEquals(1, pool.stats().lost());
        assertEquals(1, pool.stats().destroyed());
        await(
                pool,
                () -> recorder.events()
                        .equals(List.of(
                                "created 1",
                                "lease of loser lost",
                                "destroyed 1: " + DestroyReason.LOST,
                                "created 2")));
    }

    @Test
    @Tag("G57")
    void borrowerThatDoesNotWaitFindsLostLeasesToo() throws InterruptedException {
        Pool<Resource> pool = open(1);
        lose(pool);
        collectUntil(pool, () -> pool.tryAcquire().map(this::closed).isPresent());
        assertEquals(1, pool.stats().lost());
    }

    private Lease<Resource> closed(Lease<Resource> lease) {
        lease.close();
        return lease;
    }

    @Test
    @Tag("G57")
    void lostLeaseTellsWhereItWasAcquired() throws InterruptedException {
        Pool<Resource> pool = open(listening(1).siteSampling(1));
        lose(pool);
        Borrower waiter = waiting(pool, LONG);
        collectUntil(pool, waiter::isDone);
        await(pool, () -> recorder.holders().size() == 1);
        LeaseHolder holder = recorder.holders().get(0);
        assertEquals("loser", holder.thread());
        assertTrue(
                holder.site().stream().anyMatch(call -> call.getMethodName().equals("acquireAndForget")),
                holder::toString);
    }

    @Test
    @Tag("G57")
    void siteIsNotRecordedUnlessAskedFor() throws InterruptedException {
        Pool<Resource> pool = open(listening(1));
        lose(pool);
        Borrower waiter = waiting(pool, LONG);
        collectUntil(pool, waiter::isDone);
        await(pool, () -> recorder.holders().size() == 1);
        assertEquals(List.of(), recorder.holders().get(0).site());
    }

    @Test
    @Tag("G57")
    void leaseInUseIsNotLost() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        Borrower waiter = waiting(pool, LONG);
        collect();
        assertEquals(0, pool.stats().lost());
        Resource resource = held.get();
        held.close();
        assertSame(resource, waiter.lease().get());
    }

    @Test
    @Tag("G57")
    void leaseOfAnObjectThatNobodyHadForAWhileIsNotLost() throws InterruptedException {
        Pool<Resource> pool = open(1);
        lend(pool);
        collect();
        leaseInUseIsNotLost();
    }

    @Test
    @Tag("G57")
    void leaseThatHasEndedIsNotLost() throws InterruptedException {
        Pool<Resource> pool = open(2);
        lend(pool);
        CheckedLease held = take(pool);
        CheckedLease other = take(pool);
        Borrower waiter = waiting(pool, LONG);
        collect();
        assertEquals(0, pool.stats().lost());
        other.close();
        waiter.lease();
        held.close();
    }

    @Test
    @Tag("G57")
    void leaseOfAFutureIsNotLostBeforeItIsPickedUp() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(LONG);
        held.close();
        Borrower waiter = waiting(pool, LONG);
        collect();
        assertEquals(0, pool.stats().lost());
        Lease<Resource> lease = future.get();
        assertSame(held.resource(), lease.get());
        lease.close();
        waiter.lease();
    }

    @Test
    @Tag("G57")
    void leasesAreLostOneAfterTheOther() throws InterruptedException {
        Pool<Resource> pool = open(1);
        for (int i = 1; i <= 3; i++) {
            lose(pool);
            Thread next = new Thread(() -> lend(pool), "next");
            next.setDaemon(true);
            next.start();
            collectUntil(pool, () -> !next.isAlive());
            assertEquals(i, pool.stats().lost());
        }
    }

    @Test
    @Tag("G57")
    void shutdownDoesNotWaitForALostLease() throws InterruptedException {
        Pool<Resource> pool = open(1);
        lose(pool);
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        collectUntil(pool, end::isDone);
        assertEquals(1, pool.stats().lost());
    }

    /** Has a thread acquire, and end without a trace of its lease. */
    private Resource lose(Pool<Resource> pool) throws InterruptedException {
        Resource[] lost = new Resource[1];
        Thread loser = new Thread(() -> lost[0] = acquireAndForget(pool), "loser");
        loser.setDaemon(true);
        loser.start();
        loser.join(patience().toMillis());
        return lost[0];
    }

    private static Resource acquireAndForget(Pool<Resource> pool) {
        try {
            Lease<Resource> lease = pool.acquire(LONG);
            return lease.get();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void lend(Pool<Resource> pool) {
        try (Lease<Resource> lease = pool.acquire(LONG)) {
            assertTrue(lease.get().isSound());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As soon as the loss has been noticed time stands still, for what is being destroyed then has only so much of it. */
    private void collectUntil(Pool<Resource> pool, BooleanSupplier condition) {
        long noticed = pool.stats().lost();
        await(pool, () -> {
            if (pool.stats().lost() == noticed) {
                collectOnce();
            }
            return condition.getAsBoolean();
        });
    }

    private void collect() {
        for (int i = 0; i < COLLECTIONS; i++) {
            collectOnce();
            Eventually.keepsHolding(MOMENT, () -> true, () -> "time to look");
        }
    }

    /** Collects what is garbage, and has the pool look. */
    private void collectOnce() {
        System.gc();
        ticker.advance(config(1).maintenanceInterval());
    }
}
