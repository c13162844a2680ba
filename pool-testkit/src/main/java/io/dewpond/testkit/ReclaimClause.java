package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** If asked to, the pool ends a lease that is out for too long, destroys the object and uses the place anew. */
abstract class ReclaimClause extends Clause {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final int ROUNDS = 40;

    private final Recorder recorder = new Recorder();

    ReclaimClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> strict(int maxSize) {
        return config(maxSize).listener(recorder).reclaimAfter(LIMIT);
    }

    /** Borrows without marking the object as used, for it will be destroyed while it is lent. */
    private Lease<Resource> borrow(Pool<Resource> pool) {
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(LONG);
        await(pool, future::isDone);
        return future.join();
    }

    @Test
    @Tag("G70")
    void leaseIsEndedWhenItsTimeIsOverAndNotBefore() throws InterruptedException {
        Pool<Resource> pool = open(strict(1));
        Lease<Resource> lease = borrow(pool);
        Resource resource = lease.get();
        ticker.advance(LIMIT.minus(NANO));
        keeps(pool, () -> resource.isSound() && lease.get() == resource);
        ticker.advance(NANO);
        await(pool, () -> resource.destructions() == 1);
        assertThrows(IllegalStateException.class, lease::get);
        assertThrows(IllegalStateException.class, lease::detach);
        assertThrows(IllegalStateException.class, () -> lease.invalidate(null));
        assertEquals(1, pool.stats().reclaimed());
        await(pool, () -> recorder.events().contains("destroyed 1: RECLAIMED"));
        String me = Thread.currentThread().getName();
        assertTrue(recorder.events().contains("lease of " + me + " reclaimed"), recorder.events()::toString);
        assertSeconds(20, recorder.holders().get(0).held());
        CheckedLease next = take(pool);
        lease.close();
        assertNotSame(resource, next.get());
        assertEquals(1, pool.stats().leased());
    }

    @Test
    @Tag("G70")
    void whoeverWaitsIsServedInThePlaceOfAReclaimedLease() throws InterruptedException {
        Pool<Resource> pool = open(strict(1));
        Lease<Resource> lease = borrow(pool);
        Borrower waiter = waiting(pool, LONG);
        ticker.advance(LIMIT);
        assertEquals(2, waiter.lease().get().number());
        lease.close();
    }

    @Test
    @Tag("G70")
    void objectIsMadeToFailBeforeItIsDestroyed() {
        List<Integer> destructionsWhenAborted = new CopyOnWriteArrayList<>();
        Pool<Resource> pool =
                open(strict(1).abortAtShutdown(resource -> destructionsWhenAborted.add(resource.destructions())));
        Resource resource = borrow(pool).get();
        ticker.advance(LIMIT);
        await(pool, () -> resource.destructions() == 1);
        assertEquals(List.of(0), destructionsWhenAborted);
    }

    @Test
    @Tag("G70")
    void abortThatHangsKeepsThePlaceForItsTimeoutOnly() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(strict(1)
                .destroyTimeout(Duration.ofSeconds(3))
                .abortAtShutdown(resource -> gate.passUninterruptibly()));
        Resource resource = borrow(pool).get();
        ticker.advance(LIMIT);
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(3));
        await(pool, () -> resource.destructions() == 1);
        take(pool).close();
    }

    @Test
    @Tag("G70")
    void timeOfOneLeaseIsNotThatOfTheNext() throws InterruptedException {
        Pool<Resource> pool = open(strict(1));
        CheckedLease first = take(pool);
        ticker.advance(LIMIT.minus(NANO));
        first.close();
        CheckedLease second = take(pool);
        ticker.advance(LIMIT.minus(NANO));
        keeps(pool, () -> second.resource().isSound());
        second.close();
        ticker.advance(LIMIT);
        keeps(pool, () -> second.resource().isSound());
        assertSame(first.resource(), second.resource());
        assertEquals(0, pool.stats().reclaimed());
    }

    @Test
    @Tag("G70")
    void overdueIsToldBeforeTheLeaseIsReclaimed() {
        Pool<Resource> pool = open(strict(1).overdueAfter(LIMIT.dividedBy(2)));
        Lease<Resource> lease = borrow(pool);
        ticker.advance(LIMIT.dividedBy(2));
        await(pool, () -> recorder.stacks().size() == 1);
        assertTrue(lease.get().isSound());
        ticker.advance(LIMIT.dividedBy(2));
        String me = "lease of " + Thread.currentThread().getName();
        await(pool, () -> told().size() == 3);
        assertEquals(me + " overdue", told().get(0));
        assertEquals(
                List.of(me + " reclaimed", "overdue " + me + " ended"),
                told().stream().skip(1).sorted().toList());
    }

    @Test
    @Tag("G58")
    @Tag("G70")
    void overdueIsToldInTimeThoughTheLeaseMayLastForLonger() throws InterruptedException {
        Duration overdue = LIMIT.dividedBy(4);
        Pool<Resource> pool = open(strict(2).overdueAfter(overdue));
        CheckedLease first = take(pool);
        ticker.advance(overdue.dividedBy(2));
        CheckedLease second = take(pool);
        first.close();
        ticker.advance(overdue.dividedBy(2));
        keeps(pool, () -> told().isEmpty());
        ticker.advance(overdue.dividedBy(2));
        await(pool, () -> told().equals(List.of("lease of borrower-2 overdue")));
        second.close();
    }

    /** With nothing else that the maintenance might run for in time. */
    @Test
    @Tag("G70")
    void leaseThatIsGrantedToOneWhoWaitedIsWatchedToo() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool =
                open(strict(1).maintenanceInterval(LIMIT.multipliedBy(10)).createTimeout(PoolConfig.LONGEST));
        CompletableFuture<Lease<Resource>> future = new CompletableFuture<>();
        Thread borrower = new Thread(() -> acquire(pool, future), "waiter");
        borrower.setDaemon(true);
        borrower.start();
        awaitArrivals(gate, 1);
        keeps(pool, () -> !future.isDone()); // the maintenance has looked for lost leases, and sleeps again
        gate.open();
        await(pool, future::isDone);
        Resource resource = future.join().get();
        ticker.advance(LIMIT);
        await(pool, () -> resource.destructions() == 1);
    }

    @Test
    @Tag("G70")
    void nothingIsReclaimedUnlessAskedFor() throws InterruptedException {
        Pool<Resource> pool = open(config(1).listener(recorder).overdueAfter(LIMIT));
        CheckedLease lease = take(pool);
        ticker.advance(Duration.ofDays(1));
        await(pool, () -> recorder.stacks().size() == 1);
        keeps(pool, () -> lease.resource().isSound());
        lease.close();
    }

    /** The resource is in nobody's hands while they race, so the factory minds no destruction but a second one. */
    @Test
    @Tag("G70")
    void ofACloseAndAReclaimThatMeetOneCounts() throws Exception {
        Pool<Resource> pool = open(strict(1));
        for (int i = 0; i < ROUNDS; i++) {
            Lease<Resource> lease = borrow(pool);
            Resource resource = lease.get();
            long before = pool.stats().reclaimed();
            Race.between(Race.run(lease::close), Race.run(() -> ticker.advance(LIMIT)));
            await(pool, () -> pool.stats().leased() == 0);
            awaitQuiet(pool);
            boolean reclaimed = pool.stats().reclaimed() > before;
            assertEquals(reclaimed ? 1 : 0, resource.destructions());
            assertEquals(reclaimed ? 0 : 1, pool.stats().idle());
            assertThrows(IllegalStateException.class, lease::get);
        }
    }

    private static void acquire(Pool<Resource> pool, CompletableFuture<Lease<Resource>> future) {
        try {
            future.complete(pool.acquire(LONG));
        } catch (InterruptedException e) {
            future.completeExceptionally(e);
        }
    }

    private List<String> told() {
        return recorder.events().stream()
                .filter(event -> event.contains("lease"))
                .toList();
    }
}
