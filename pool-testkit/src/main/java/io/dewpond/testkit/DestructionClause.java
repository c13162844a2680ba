package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every object is destroyed exactly once, in the background, and its place comes back whatever happens. */
abstract class DestructionClause extends Clause {
    DestructionClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G29")
    void invalidatedObjectIsDestroyedAndNotLentAgain() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        lease.invalidate(new IOException("connection reset"));
        awaitQuiet(pool);
        assertEquals(1, lease.resource().destructions());
        assertEquals(0, pool.stats().total());
        assertNotSame(lease.resource(), take(pool).get());
    }

    @Test
    @Tag("G29")
    void invalidateCreatesForAWaiter() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        lease.invalidate(null);
        assertNotSame(lease.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G29")
    void invalidateCreatesNothingWhereNobodyAsks() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).invalidate(null);
        awaitQuiet(pool);
        keeps(pool, () -> factory.creations().calls() == 1);
    }

    @Test
    @Tag("G29")
    @Tag("G48")
    void invalidateCreatesForTheMinimum() throws InterruptedException {
        Pool<Resource> pool = open(config(1).minIdle(1));
        take(pool).invalidate(null);
        awaitIdle(pool, 1);
        assertEquals(2, factory.made().size());
    }

    @Test
    @Tag("G29")
    void factoryNeverRunsInTheBorrowersThread() throws InterruptedException {
        AtomicReference<Thread> creator = new AtomicReference<>();
        AtomicReference<Thread> destroyer = new AtomicReference<>();
        factory.creations().always(noting(creator));
        factory.destructions().always(noting(destroyer));
        Pool<Resource> pool = open(config(1).minIdle(1));
        awaitIdle(pool, 1);
        pool.tryAcquire().orElseThrow().invalidate(null);
        awaitIdle(pool, 1);
        assertEquals(2, factory.made().size());
        assertNotSame(Thread.currentThread(), creator.get());
        assertNotSame(Thread.currentThread(), destroyer.get());
    }

    @Test
    @Tag("G20")
    @Tag("G29")
    void objectKeepsItsPlaceUntilItIsDestroyed() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.pass(gate));
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        lease.invalidate(null);
        awaitArrivals(gate, 1);
        assertEquals(1, pool.stats().inMaintenance());
        keeps(pool, () -> factory.creations().calls() == 1);
        gate.open();
        waiter.lease();
        assertEquals(1, factory.mostAlive());
    }

    @Test
    @Tag("G26")
    void failedDestructionCountsAndFreesThePlace() throws InterruptedException {
        Pool<Resource> pool = open(1);
        List<Step> failures = List.of(Step.fail(new IOException("reset")), Step.fail(new StackOverflowError()));
        for (Step failure : failures) {
            factory.destructions().next(failure);
            CheckedLease lease = take(pool);
            Borrower waiter = waiting(pool, LONG);
            lease.invalidate(null);
            waiter.lease().close();
        }
        assertEquals(2, pool.stats().destroyed());
        assertEquals(2, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G26")
    void hungDestructionFreesThePlaceAfterItsTimeout() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.hang(gate));
        Pool<Resource> pool = open(config(1).destroyTimeout(Duration.ofSeconds(3)));
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        lease.invalidate(null);
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(3));
        assertNotSame(lease.resource(), waiter.lease().get());
        assertEquals(1, pool.stats().abandoned());
        assertEquals(1, pool.stats().destroyed());
        gate.open();
        await(pool, () -> pool.stats().abandoned() == 0);
        assertEquals(1, lease.resource().destructions());
    }

    @Test
    @Tag("G26")
    void hungDestructionIsInterruptedAtItsTimeout() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.pass(gate));
        Pool<Resource> pool = open(config(1).destroyTimeout(Duration.ofSeconds(3)));
        take(pool).invalidate(null);
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(3));
        await(pool, () -> factory.destructions().running() == 0);
        awaitQuiet(pool);
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G26")
    void hungDestructionKeepsNobodyFromTheOtherPlaces() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.hang(gate));
        Pool<Resource> pool = open(config(2).maxConcurrentCreations(1));
        take(pool).invalidate(null);
        awaitArrivals(gate, 1);
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        lease.close();
        assertSame(lease.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G26")
    void hungDestructionKeepsNoObjectFromItsValidation() throws InterruptedException {
        Gate gate = gate();
        factory.destructions().next(Step.hang(gate));
        Pool<Resource> pool = open(config(2).maxConcurrentCreations(1).validator(Resource::isSound));
        CheckedLease bad = take(pool);
        CheckedLease good = take(pool);
        bad.invalidate(null);
        awaitArrivals(gate, 1);
        good.close();
        ticker.advance(Duration.ofSeconds(1));
        assertSame(good.resource(), take(pool).get());
    }

    @Test
    @Tag("G27")
    void leasedObjectIsNotDestroyedWhateverTheOperatorDoes() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease lease = take(pool);
        pool.control().evictIdle();
        var unused = pool.control().refresh();
        pool.control().resize(0, 0);
        unused = pool.control().shutdown(LONG);
        keeps(pool, () -> lease.resource().isSound());
        assertSame(lease.resource(), lease.get());
        lease.close();
        await(pool, () -> lease.resource().destructions() == 1);
    }

    @Test
    @Tag("G27")
    void crowdHasEachObjectDestroyedOnce() throws Exception {
        Pool<Resource> pool = open(config(3).minIdle(1));
        Callable<?>[] crowd = IntStream.range(0, 5)
                .mapToObj(i -> Race.run(() -> {
                    new Crowd(pool, i).run(60);
                    pool.control().evictIdle();
                }))
                .toArray(Callable<?>[]::new);
        Race.between(crowd);
        pool.close();
        // A creation that is given up holds no place, but what it makes is destroyed before it counts as over.
        await(pool, () -> pool.stats().total() + pool.stats().abandoned() == 0);
        for (Resource resource : factory.made()) {
            assertEquals(1, resource.destructions(), resource::toString);
        }
    }

    private static Step noting(AtomicReference<Thread> runner) {
        return () -> {
            runner.set(Thread.currentThread());
            return true;
        };
    }
}
