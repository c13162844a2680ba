package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolTimings;
import io.dewpond.TimeDistribution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool that is asked to measures how long things take. */
abstract class TimingsClause extends Clause {
    TimingsClause(PoolContract contract) {
        super(contract);
    }

    private Pool<Resource> timed(int maxSize) {
        return open(config(maxSize).timings(true));
    }

    @Test
    @Tag("G81")
    void poolThatIsNotAskedMeasuresNothing() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).close();
        assertEquals(Optional.empty(), pool.timings());
    }

    @Test
    @Tag("G81")
    void poolWithAHookMeasuresTheSame() throws InterruptedException {
        Pool<Resource> pool = open(config(1).timings(true).beforeLend(resource -> {}));
        take(pool).close();
        assertEquals(1, pool.timings().orElseThrow().waits().count());
    }

    @Test
    @Tag("G81")
    void newPoolHasMeasuredNothing() {
        PoolTimings timings = timed(1).timings().orElseThrow();
        for (TimeDistribution none : new TimeDistribution[] {timings.waits(), timings.holds(), timings.creations()}) {
            assertEquals(0, none.count());
            assertEquals(Duration.ZERO, none.min());
            assertEquals(Duration.ZERO, none.mean());
            assertEquals(Duration.ZERO, none.max());
            assertEquals(Duration.ZERO, none.percentile(99));
            assertThrows(IllegalArgumentException.class, () -> none.percentile(101));
        }
    }

    @Test
    @Tag("G81")
    void waitLastsFromTheCallToTheLease() throws InterruptedException {
        Pool<Resource> pool = timed(1);
        CheckedLease held = take(pool);
        Borrower waiter = waiting(pool, LONG);
        ticker.advance(Duration.ofSeconds(30));
        held.close();
        waiter.lease().close();
        TimeDistribution waits = pool.timings().orElseThrow().waits();
        assertEquals(2, waits.count());
        assertSeconds(0, waits.min());
        assertSeconds(0, waits.percentile(50));
        assertSeconds(30, waits.percentile(51));
        assertSeconds(30, waits.max());
        assertSeconds(15, waits.mean());
    }

    @Test
    @Tag("G81")
    void whoeverIsLentAnIdleObjectAtOnceHasWaitedForNoTime() throws InterruptedException {
        Pool<Resource> pool = timed(1);
        take(pool).close();
        take(pool).close();
        pool.tryAcquire().orElseThrow().close();
        pool.acquireAsync(LONG).join().close();
        TimeDistribution waits = pool.timings().orElseThrow().waits();
        assertEquals(4, waits.count());
        assertEquals(Duration.ZERO, waits.max());
    }

    @Test
    @Tag("G81")
    void whoeverGetsNothingIsNotCounted() throws InterruptedException {
        Pool<Resource> pool = timed(1);
        CheckedLease held = take(pool);
        borrow(pool, Duration.ZERO).failure(AcquireTimeoutException.class);
        assertEquals(Optional.empty(), pool.tryAcquire());
        CompletableFuture<Lease<Resource>> cancelled = pool.acquireAsync(LONG);
        cancelled.cancel(false);
        Borrower late = waiting(pool, Duration.ofSeconds(1));
        ticker.advance(Duration.ofSeconds(1));
        late.failure(AcquireTimeoutException.class);
        held.close();
        assertEquals(1, pool.timings().orElseThrow().waits().count());
        assertEquals(1, pool.timings().orElseThrow().holds().count());
    }

    @Test
    @Tag("G81")
    void futureWaitsUntilItIsComplete() throws InterruptedException {
        Pool<Resource> pool = timed(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(LONG);
        ticker.advance(Duration.ofSeconds(30));
        held.close();
        future.join().close();
        await(pool, () -> pool.timings().orElseThrow().waits().count() == 2);
        assertSeconds(30, pool.timings().orElseThrow().waits().max());
    }

    @Test
    @Tag("G81")
    void holdLastsUntilTheBorrowerEndsTheLease() throws InterruptedException {
        Pool<Resource> pool = timed(3);
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        CheckedLease third = take(pool);
        ticker.advance(Duration.ofSeconds(10));
        first.close();
        ticker.advance(Duration.ofSeconds(20));
        first.close();
        second.invalidate(null);
        ticker.advance(Duration.ofSeconds(30));
        factory.forget(third.detach());
        TimeDistribution holds = pool.timings().orElseThrow().holds();
        assertEquals(3, holds.count());
        assertSeconds(10, holds.min());
        assertSeconds(30, holds.percentile(50));
        assertSeconds(60, holds.max());
        assertSeconds(33, holds.mean());
    }

    @Test
    @Tag("G81")
    void creationLastsAsLongAsTheFactoryTakes() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.fail(new IllegalStateException("no luck")));
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = timed(1);
        Borrower borrower = borrow(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(Duration.ofSeconds(1));
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(8));
        gate.open();
        borrower.lease().close();
        TimeDistribution creations = pool.timings().orElseThrow().creations();
        assertEquals(1, creations.count());
        assertSeconds(8, creations.min());
        assertSeconds(8, creations.max());
        assertSeconds(9, pool.timings().orElseThrow().waits().max());
    }

    @Test
    @Tag("G81")
    void snapshotStaysAsItIsAndOutlivesThePool() throws InterruptedException {
        Pool<Resource> pool = timed(1);
        CheckedLease held = take(pool);
        PoolTimings before = pool.timings().orElseThrow();
        ticker.advance(Duration.ofSeconds(10));
        held.close();
        pool.close();
        assertEquals(0, before.holds().count());
        assertEquals(1, pool.timings().orElseThrow().holds().count());
    }
}
