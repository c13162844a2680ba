package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.EvictionPolicy;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pool keeps as many objects ready as it was asked to. */
abstract class MinIdleClause extends Clause {
    MinIdleClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G48")
    void minimumIsReachedWithoutBlockingTheOpening() throws InterruptedException {
        Gate gate = gate();
        factory.creations().always(Step.pass(gate));
        Pool<Resource> pool = open(config(5).minIdle(3));
        awaitArrivals(gate, 3);
        assertEquals(3, pool.stats().creating());
        gate.open();
        awaitIdle(pool, 3);
    }

    @Test
    @Tag("G48")
    void openingWaitsForTheMinimumWhenAsked() {
        for (boolean failFast : List.of(false, true)) {
            Pool<Resource> pool = open(config(5)
                    .minIdle(3)
                    .warmUp(Duration.ofMinutes(1))
                    .failFast(failFast)
                    .ticker(Ticker.system()));
            assertEquals(3, pool.stats().idle());
        }
    }

    @Test
    @Tag("G48")
    void openingFailsAtTheEndOfItsTime() throws InterruptedException {
        Gate gate = gate();
        factory.creations().always(Step.pass(gate));
        Duration warmUp = Duration.ofSeconds(1);
        FutureTask<Pool<Resource>> opening =
                new FutureTask<>(() -> open(config(1).minIdle(1).warmUp(warmUp)));
        Thread opener = new Thread(opening, "opener");
        opener.start();
        awaitArrivals(gate, 1);
        Eventually.holds(patience(), () -> ticker.isAwaitedBy(opener), () -> "nobody waits for the time");
        ticker.advance(warmUp);
        ExecutionException failure = assertThrows(
                ExecutionException.class, () -> opening.get(patience().toNanos(), TimeUnit.NANOSECONDS));
        assertInstanceOf(CreationFailedException.class, failure.getCause());
    }

    @Test
    @Tag("G48")
    void openingFailsWhenTheWarmUpDoesAndLeavesNothingBehind() throws InterruptedException {
        IOException refused = new IOException("refused");
        factory.creations().next(Step.succeed()).always(Step.fail(refused));
        PoolConfig<Resource> config = config(5)
                .minIdle(3)
                .warmUp(Duration.ofDays(30))
                .createTimeout(PoolConfig.LONGEST)
                .maxConcurrentCreations(1);
        FutureTask<Pool<Resource>> opening = new FutureTask<>(() -> open(config));
        Thread opener = new Thread(opening, "opener");
        opener.start();
        // The third try shows that the pool knows of the failure of the second.
        Eventually.holds(patience(), () -> factory.creations().calls() >= 2, () -> "no creation");
        Eventually.holds(patience(), this::isTriedAgain, () -> "no further try");
        Eventually.holds(patience(), () -> ticker.isAwaitedBy(opener), () -> "nobody waits for the time");
        ticker.advance(config.warmUp());
        ExecutionException failure = assertThrows(ExecutionException.class, opening::get);
        assertInstanceOf(PoolException.class, failure.getCause());
        assertSame(refused, failure.getCause().getCause());
        Eventually.holds(patience(), () -> factory.alive().isEmpty(), () -> "alive: " + factory.alive());
    }

    private boolean isTriedAgain() {
        ticker.advance(Duration.ofSeconds(1));
        return factory.creations().calls() >= 3;
    }

    @Test
    @Tag("G48")
    void minimumIsKeptBesideWhatIsLentAsFarAsThereIsRoom() throws InterruptedException {
        Pool<Resource> pool = open(config(3).minIdle(2));
        awaitIdle(pool, 2);
        take(pool);
        awaitIdle(pool, 2);
        take(pool);
        awaitIdle(pool, 1);
        take(pool);
        awaitIdle(pool, 0);
        assertEquals(3, pool.stats().leased());
        assertTrue(factory.mostAlive() <= 3);
    }

    @Test
    @Tag("G48")
    void minimumIsKeptWhenIdleObjectsAreEvicted() throws InterruptedException {
        Pool<Resource> pool = open(config(2).minIdle(2).evictionPolicy(EvictionPolicy.olderThan(LONG)));
        awaitIdle(pool, 2);
        ticker.advance(LONG);
        await(pool, () -> pool.stats().destroyed() == 2 && pool.stats().idle() == 2);
    }

    @Test
    @Tag("G48")
    @Tag("G24")
    void minimumIsTriedAgainAfterAFailure() {
        factory.creations().next(Step.fail(new IOException("refused")));
        Pool<Resource> pool = open(config(1).minIdle(1));
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(pool.config().retryDelay());
        awaitIdle(pool, 1);
    }

    @Test
    @Tag("G48")
    void noMoreThanTheMinimumIsMade() {
        Pool<Resource> pool = open(config(9).minIdle(2));
        awaitIdle(pool, 2);
        keeps(pool, () -> factory.creations().calls() == 2);
    }
}
