package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shutdown lets leases end in peace, refuses everybody else, and leaves nothing behind. */
abstract class ShutdownClause extends Clause {
    private static final Duration DRAIN = Duration.ofMinutes(1);

    ShutdownClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G53")
    void closedPoolRefusesEverything() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).close();
        pool.close();
        PoolClosedException refusal = borrow(pool, LONG).failure(PoolClosedException.class);
        assertEquals("contract", refusal.pool());
        assertThrows(PoolClosedException.class, pool::tryAcquire);
        assertThrows(PoolClosedException.class, () -> pool.use(resource -> resource));
        assertThrows(PoolClosedException.class, () -> pool.control().resize(0, 1));
        assertThrows(PoolClosedException.class, () -> pool.control().refresh());
        assertThrows(PoolClosedException.class, () -> pool.control().evictIdle());
        assertEquals(0, pool.stats().total());
    }

    @Test
    @Tag("G53")
    void waitersFailAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        List<Borrower> waiters = List.of(waiting(pool, LONG), waiting(pool, LONG));
        CompletableFuture<Void> end = pool.control().shutdown(DRAIN);
        for (Borrower waiter : waiters) {
            waiter.failure(PoolClosedException.class);
        }
        assertEquals(0, pool.stats().waiting());
        assertFalse(end.isDone());
        held.close();
        await(pool, end::isDone);
    }

    @Test
    @Tag("G53")
    void idleObjectsGoNowAndLeasedOnesWhenTheyAreReleased() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease leased = take(pool);
        CheckedLease idle = take(pool);
        idle.close();
        CompletableFuture<Void> end = pool.control().shutdown(DRAIN);
        await(pool, () -> idle.resource().destructions() == 1);
        keeps(pool, () -> !end.isDone() && leased.resource().isSound());
        assertSame(leased.resource(), leased.get());
        leased.close();
        await(pool, end::isDone);
        assertEquals(1, leased.resource().destructions());
    }

    @Test
    @Tag("G53")
    void drainEndsAtItsDeadlineAndTheLeaseThatIsLeftEndsLater() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease leased = take(pool);
        CompletableFuture<Void> end = pool.control().shutdown(DRAIN);
        keeps(pool, () -> !end.isDone());
        ticker.advance(DRAIN);
        await(pool, end::isDone);
        assertTrue(leased.get().isSound());
        leased.close();
        await(pool, () -> leased.resource().destructions() == 1);
    }

    @Test
    @Tag("G53")
    void noDrainDoesNotWaitForLeases() throws InterruptedException {
        for (Duration drain : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            Pool<Resource> pool = open(1);
            CheckedLease leased = take(pool);
            CompletableFuture<Void> end = pool.control().shutdown(drain);
            await(pool, end::isDone);
            leased.close();
        }
    }

    @Test
    @Tag("G53")
    void abortHookFreesWhatIsStillLeasedAtTheDeadline() throws InterruptedException {
        Script aborts = new Script();
        Pool<Resource> pool = open(config(1).abortAtShutdown(resource -> {
            assertTrue(resource.isSound());
            aborts.run();
        }));
        Lease<Resource> leased = pool.acquire(patience());
        Resource resource = leased.get();
        CompletableFuture<Void> end = pool.control().shutdown(DRAIN);
        keeps(pool, () -> !end.isDone() && aborts.calls() == 0);
        ticker.advance(DRAIN);
        await(pool, end::isDone);
        assertEquals(1, aborts.calls());
        assertEquals(1, resource.destructions());
        assertThrows(IllegalStateException.class, leased::get);
        leased.close();
        assertEquals(0, pool.stats().total());
    }

    @Test
    @Tag("G53")
    void abortHookThatThrowsChangesNothing() throws InterruptedException {
        for (Step failure : List.of(Step.fail(new IOException()), Step.fail(new StackOverflowError()))) {
            Pool<Resource> pool = open(config(1).abortAtShutdown(resource -> failure.take()));
            Resource resource = pool.acquire(patience()).get();
            CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
            await(pool, end::isDone);
            assertEquals(1, resource.destructions());
            assertEquals(1, pool.stats().callbackFailures());
        }
    }

    @Test
    @Tag("G53")
    void abortHookThatHangsIsGivenUp() throws InterruptedException {
        Gate gate = gate();
        PoolConfig<Resource> config = config(1).abortAtShutdown(resource -> gate.passUninterruptibly());
        Pool<Resource> pool = open(config);
        Resource resource = pool.acquire(patience()).get();
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        awaitArrivals(gate, 1);
        assertFalse(end.isDone());
        ticker.advance(config.destroyTimeout());
        await(pool, end::isDone);
        assertEquals(1, resource.destructions());
    }

    @Test
    @Tag("G53")
    void secondShutdownMayOnlyBringTheEndForward() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease leased = take(pool);
        CompletableFuture<Void> first = pool.control().shutdown(DRAIN);
        CompletableFuture<Void> later = pool.control().shutdown(DRAIN.multipliedBy(9));
        CompletableFuture<Void> sooner = pool.control().shutdown(DRAIN.dividedBy(2));
        keeps(pool, () -> !first.isDone());
        ticker.advance(DRAIN.dividedBy(2));
        await(pool, () -> first.isDone() && later.isDone() && sooner.isDone());
        leased.close();
    }

    @Test
    @Tag("G53")
    void laterDrainDoesNotPostponeTheEnd() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease leased = take(pool);
        CompletableFuture<Void> first = pool.control().shutdown(DRAIN);
        CompletableFuture<Void> second = pool.control().shutdown(Duration.ofSeconds(Long.MAX_VALUE));
        ticker.advance(DRAIN);
        await(pool, () -> first.isDone() && second.isDone());
        leased.close();
    }

    @Test
    @Tag("G53")
    void closeWaitsForTheLeasesAndSoDoesASecondClose() throws Exception {
        Pool<Resource> pool = open(config(1).drainTimeout(DRAIN));
        CheckedLease leased = take(pool);
        List<FutureTask<Boolean>> closers = List.of(closing(pool), closing(pool));
        keeps(pool, () -> closers.stream().noneMatch(FutureTask::isDone));
        leased.close();
        await(pool, () -> closers.stream().allMatch(FutureTask::isDone));
        pool.close();
        assertEquals(0, pool.stats().total());
    }

    @Test
    @Tag("G53")
    void closeWaitsNoLongerThanTheDrain() throws Exception {
        Pool<Resource> pool = open(config(1).drainTimeout(DRAIN));
        CheckedLease leased = take(pool);
        FutureTask<Boolean> closer = closing(pool);
        await(pool, () -> isClosed(pool));
        ticker.advance(DRAIN);
        await(pool, closer::isDone);
        assertFalse(closer.get(), "no interrupt was asked for");
        leased.close();
    }

    @Test
    @Tag("G53")
    @Tag("G9")
    void interruptedCloseStopsWaitingAndKeepsTheFlag() throws Exception {
        Pool<Resource> pool = open(config(1).drainTimeout(DRAIN));
        CheckedLease leased = take(pool);
        FutureTask<Boolean> closer = closingInterrupted(pool);
        await(pool, closer::isDone);
        assertTrue(closer.get(), "the flag is kept");
        assertTrue(isClosed(pool));
        leased.close();
    }

    @Test
    @Tag("G53")
    @Tag("G27")
    void objectOfACreationUnderWayIsDestroyed() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.hang(gate));
        Pool<Resource> pool = open(1);
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        CompletableFuture<Void> end = pool.control().shutdown(DRAIN);
        waiter.failure(PoolClosedException.class);
        gate.open();
        await(pool, end::isDone);
        await(pool, () -> factory.made().size() == 1 && factory.alive().isEmpty());
    }

    @Test
    @Tag("G53")
    void shutdownEndsThoughALateObjectIsStillBeingDestroyed() throws InterruptedException {
        Gate creating = gate();
        Gate destroying = gate();
        factory.creations().next(Step.hang(creating));
        factory.destructions().next(Step.hang(destroying));
        Pool<Resource> pool = open(1);
        pool.tryAcquire();
        awaitArrivals(creating, 1);
        ticker.advance(pool.config().createTimeout());
        await(pool, () -> pool.stats().abandoned() == 1);
        creating.open();
        awaitArrivals(destroying, 1);
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        keeps(pool, () -> factory.alive().size() == 1);
        destroying.open();
        await(pool, end::isDone);
    }

    @Test
    @Tag("G53")
    void nullDrainIsRefusedAndChangesNothing() throws InterruptedException {
        Pool<Resource> pool = open(1);
        assertThrows(NullPointerException.class, () -> pool.control().shutdown(AcquireClause.nothing()));
        take(pool);
    }

    @Test
    @Tag("G54")
    void closedPoolIsKeptAliveByNobody() throws InterruptedException {
        WeakReference<Pool<Resource>> pool = new WeakReference<>(usedAndClosed());
        Eventually.holds(
                patience(),
                () -> {
                    System.gc();
                    return pool.get() == null;
                },
                () -> "the pool is still reachable");
    }

    private Pool<Resource> usedAndClosed() throws InterruptedException {
        Pool<Resource> pool = openUnwatched(PoolConfig.of(new ScriptedFactory()).minIdle(1));
        pool.acquire(patience()).close();
        pool.tryAcquire().ifPresent(Lease::close);
        pool.close();
        return pool;
    }

    /** Has an interrupted thread close a pool; tells whether it is interrupted still. */
    static FutureTask<Boolean> closingInterrupted(AutoCloseable pool) {
        FutureTask<Boolean> closer = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            pool.close();
            return Thread.currentThread().isInterrupted();
        });
        new Thread(closer, "closer").start();
        return closer;
    }

    private static FutureTask<Boolean> closing(Pool<Resource> pool) {
        FutureTask<Boolean> closer = new FutureTask<>(() -> {
            pool.close();
            return Thread.currentThread().isInterrupted();
        });
        new Thread(closer, "closer").start();
        return closer;
    }

    private static boolean isClosed(Pool<Resource> pool) {
        try {
            pool.tryAcquire().ifPresent(Lease::close);
            return false;
        } catch (PoolClosedException closed) {
            return true;
        }
    }
}
