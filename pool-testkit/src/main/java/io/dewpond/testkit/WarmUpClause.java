package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who asks is told when the spares are ready, or why they won't be. */
abstract class WarmUpClause extends Clause {
    WarmUpClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G48")
    void warmUpIsOverWhenTheMinimumIsReady() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.succeed()).next(Step.pass(gate));
        Pool<Resource> pool = open(config(3).minIdle(2));
        awaitArrivals(gate, 1);
        CompletableFuture<Void> warm = pool.control().warmUp();
        CompletableFuture<Void> again = pool.control().warmUp();
        keeps(pool, () -> !warm.isDone() && !again.isDone());
        gate.open();
        await(pool, () -> warm.isDone() && again.isDone());
        warm.join();
        again.join();
    }

    @Test
    @Tag("G48")
    void poolThatIsWarmSaysSoAtOnce() {
        Pool<Resource> pool = open(config(2).minIdle(2));
        awaitIdle(pool, 2);
        assertTrue(pool.control().warmUp().isDone());
        assertTrue(open(1).control().warmUp().isDone());
    }

    @Test
    @Tag("G48")
    void warmUpMayBeOverByARelease() throws InterruptedException {
        Pool<Resource> pool = open(config(2).minIdle(2));
        awaitIdle(pool, 2);
        for (int i = 0; i < 50; i++) {
            CheckedLease lease = take(pool);
            CompletableFuture<Void> warm = pool.control().warmUp();
            assertTrue(!warm.isDone());
            lease.close();
            await(pool, warm::isDone);
            warm.join();
        }
    }

    @Test
    @Tag("G48")
    void warmUpIsOverWhenLessIsAskedFor() throws InterruptedException {
        Pool<Resource> pool = open(config(1).minIdle(1));
        CheckedLease lease = take(pool);
        CompletableFuture<Void> warm = pool.control().warmUp();
        keeps(pool, () -> !warm.isDone());
        pool.control().resize(0, 1);
        await(pool, warm::isDone);
        lease.close();
    }

    @Test
    @Tag("G48")
    void failureEndsTheWarmUpOfAPoolThatFailsFast() throws InterruptedException {
        Gate gate = gate();
        IOException refusal = new IOException("refused");
        factory.creations().always(Step.pass(gate).then(Step.fail(refusal)));
        Pool<Resource> pool = open(config(1).minIdle(1).failFast(true));
        awaitArrivals(gate, 1);
        CompletableFuture<Void> warm = pool.control().warmUp();
        gate.open();
        CreationFailedException failure = assertInstanceOf(CreationFailedException.class, failureOf(pool, warm));
        assertSame(refusal, failure.getCause());
    }

    @Test
    @Tag("G48")
    void warmUpThatFailedCanBeAskedForAgain() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate).then(Step.fail(new IOException("refused"))));
        Pool<Resource> pool = open(config(1).minIdle(1).failFast(true));
        awaitArrivals(gate, 1);
        CompletableFuture<Void> failing = pool.control().warmUp();
        gate.open();
        assertInstanceOf(CreationFailedException.class, failureOf(pool, failing));
        CompletableFuture<Void> warm = pool.control().warmUp();
        ticker.advance(pool.config().retryDelay());
        await(pool, warm::isDone);
        warm.join();
    }

    @Test
    @Tag("G48")
    void otherPoolsTryAgain() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate).then(Step.fail(new IOException("refused"))));
        Pool<Resource> pool = open(config(1).minIdle(1));
        awaitArrivals(gate, 1);
        CompletableFuture<Void> warm = pool.control().warmUp();
        gate.open();
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(pool.config().maxRetryDelay());
        await(pool, warm::isDone);
        warm.join();
    }

    @Test
    @Tag("G48")
    @Tag("G53")
    void shutdownEndsTheWarmUp() throws InterruptedException {
        Pool<Resource> pool = open(config(1).minIdle(1));
        CheckedLease lease = take(pool);
        CompletableFuture<Void> warm = pool.control().warmUp();
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        assertInstanceOf(PoolClosedException.class, failureOf(pool, warm));
        lease.close();
        await(pool, end::isDone);
        assertThrows(PoolClosedException.class, () -> pool.control().warmUp());
    }

    @Test
    @Tag("G48")
    void whatDependsOnTheWarmUpHoldsNobodyUp() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(config(1).minIdle(1));
        CheckedLease lease = take(pool);
        CompletableFuture<Void> unused = pool.control().warmUp().thenRun(() -> {
            gate.passUninterruptibly();
        });
        lease.close();
        awaitArrivals(gate, 1);
        take(pool).close();
        pool.stats();
    }

    private Throwable failureOf(Pool<Resource> pool, CompletableFuture<Void> future) {
        await(pool, future::isDone);
        return Objects.requireNonNull(
                assertThrows(CompletionException.class, future::join).getCause());
    }
}
