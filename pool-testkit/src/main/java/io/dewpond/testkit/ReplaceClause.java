package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After another factory took over nothing of the former's is lent, and each destroys what it made. */
abstract class ReplaceClause extends Clause {
    private final ScriptedFactory second = new ScriptedFactory();

    ReplaceClause(PoolContract contract) {
        super(contract);
    }

    private CompletableFuture<Void> replace(Pool<Resource> pool) {
        checker.watch(second);
        return pool.control().replaceFactory(second);
    }

    private void takeOver(Pool<Resource> pool) {
        CompletableFuture<Void> unused = replace(pool);
    }

    @Test
    @Tag("G51")
    void eachObjectIsDestroyedByTheFactoryThatMadeIt() throws InterruptedException {
        Pool<Resource> pool = open(3);
        CheckedLease leased = take(pool);
        CheckedLease idle = take(pool);
        idle.close();
        CompletableFuture<Void> done = replace(pool);
        await(pool, () -> factory.destructions().calls() == 1);
        keeps(pool, () -> !done.isDone() && leased.resource().isSound());
        CheckedLease fresh = take(pool);
        assertSame(second, fresh.resource().maker());
        leased.close();
        await(pool, done::isDone);
        assertTrue(factory.alive().isEmpty());
        fresh.close();
        assertSame(fresh.resource(), take(pool).resource());
        pool.control().evictIdle();
    }

    @Test
    @Tag("G51")
    void factoryCanBeReplacedAgainAndAgain() throws InterruptedException {
        Pool<Resource> pool = open(3);
        CheckedLease first = take(pool);
        takeOver(pool);
        CheckedLease next = take(pool);
        ScriptedFactory third = checker.watch(new ScriptedFactory());
        CompletableFuture<Void> done = pool.control().replaceFactory(third);
        CheckedLease last = take(pool);
        assertSame(third, last.resource().maker());
        last.close();
        next.close();
        await(pool, () -> second.alive().isEmpty());
        assertTrue(!done.isDone());
        first.close();
        await(pool, done::isDone);
        assertEquals(
                List.of(1, 1, 0),
                List.of(
                        factory.destructions().calls(),
                        second.destructions().calls(),
                        third.destructions().calls()));
    }

    @Test
    @Tag("G51")
    void creationUnderWayIsTheFormerFactorysAffair() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = open(2);
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        CompletableFuture<Void> done = replace(pool);
        gate.open();
        await(pool, done::isDone);
        assertEquals(1, factory.destructions().calls());
        assertSame(second, waiter.lease().resource().maker());
    }

    @Test
    @Tag("G51")
    void objectThatComesLateIsDestroyedByTheFactoryThatMadeIt() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.hang(gate));
        Pool<Resource> pool = open(config(1).createTimeout(Duration.ofSeconds(5)));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(5));
        await(pool, () -> pool.stats().creationFailures() == 1);
        takeOver(pool);
        assertSame(second, waiter.lease().resource().maker());
        gate.open();
        await(pool, () -> factory.destructions().calls() == 1);
    }

    @Test
    @Tag("G51")
    void failuresOfTheFormerFactoryAreForgotten() throws InterruptedException {
        factory.creations().always(Step.fail(new IOException("refused")));
        Pool<Resource> pool = open(config(1).retryDelay(LONG).maxRetryDelay(LONG));
        Borrower waiter = waiting(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() > 0);
        takeOver(pool);
        assertSame(second, waiter.lease().resource().maker());
    }

    @Test
    @Tag("G51")
    void failureOfTheFormerFactoryHoldsNobodyUpLater() throws InterruptedException {
        Gate gate = gate();
        factory.creations().always(Step.pass(gate).then(Step.fail(new IOException("refused"))));
        Pool<Resource> pool =
                open(config(1).retryDelay(LONG).maxRetryDelay(LONG).failFast(true));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        takeOver(pool);
        gate.open();
        assertSame(second, waiter.lease().resource().maker());
        assertEquals(1, pool.stats().creationFailures());
    }

    @Test
    @Tag("G51")
    void failureOfTheNewFactoryCounts() throws InterruptedException {
        Pool<Resource> pool = open(config(1).failFast(true));
        take(pool).close();
        second.creations().always(Step.fail(new IOException("refused")));
        CompletableFuture<Void> done = replace(pool);
        await(pool, done::isDone);
        borrow(pool, LONG).failure(CreationFailedException.class);
    }

    @Test
    @Tag("G51")
    @Tag("G48")
    void newFactoryRenewsTheMinimum() {
        Pool<Resource> pool = open(config(2).minIdle(2));
        awaitIdle(pool, 2);
        CompletableFuture<Void> done = replace(pool);
        await(pool, done::isDone);
        awaitIdle(pool, 2);
        assertEquals(2, second.alive().size());
    }

    @Test
    @Tag("G51")
    void poolStillTellsWhatItWasOpenedWith() {
        PoolConfig<Resource> config = config(1);
        Pool<Resource> pool = open(config);
        CompletableFuture<Void> done = replace(pool);
        await(pool, done::isDone);
        assertSame(config, pool.config());
    }

    @Test
    @Tag("G51")
    void nullAndAClosedPoolAreRefused() {
        Pool<Resource> pool = open(1);
        assertThrows(NullPointerException.class, () -> pool.control().replaceFactory(nothing()));
        pool.close();
        assertThrows(PoolClosedException.class, () -> pool.control().replaceFactory(second));
    }

    @SuppressWarnings("NullAway") // what must be refused
    private static ObjectFactory<Resource> nothing() {
        return null;
    }
}
