package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.KeyedPool;
import io.dewpond.PoolClosedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That all keys end together. */
abstract class KeyedShutdownClause extends KeyedClause {
    KeyedShutdownClause(KeyedPoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G53")
    void shutdownRefusesNewcomersAndWaitersOfAllKeys() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 1);
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        Borrower first = waiting(pool, "a");
        Borrower second = waiting(pool, "c");
        CompletableFuture<Void> end = pool.shutdown(LONG);
        first.failure(PoolClosedException.class);
        second.failure(PoolClosedException.class);
        assertThrows(PoolClosedException.class, () -> pool.acquire("a", LONG));
        assertThrows(PoolClosedException.class, () -> pool.acquire("d", LONG));
        assertThrows(PoolClosedException.class, () -> pool.tryAcquire("d"));
        assertThrows(PoolClosedException.class, pool::evictIdle);
        await(pool, () -> pool.acquireAsync("d", LONG).isCompletedExceptionally());
        assertFalse(end.isDone());
        close(a);
        keeps(pool, () -> !end.isDone());
        close(b);
        await(pool, end::isDone);
    }

    @Test
    @Tag("G53")
    void idleObjectsOfAllKeysAreDestroyedAtOnce() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(3, 1);
        CheckedLease held = take(pool, "a");
        close(take(pool, "b"));
        close(take(pool, "c"));
        CompletableFuture<Void> end = pool.shutdown(LONG);
        await(pool, () -> pool.stats().destroyed() == 2);
        assertFalse(end.isDone());
        close(held);
        await(pool, end::isDone);
        assertEquals(3, pool.stats().destroyed());
    }

    @Test
    @Tag("G53")
    void drainIsTheSameForAllKeysAndEndsOnce() throws InterruptedException {
        KeyedPool<String, Resource> pool = open(2, 1);
        CheckedLease a = take(pool, "a");
        CheckedLease b = take(pool, "b");
        CompletableFuture<Void> end = pool.shutdown(Duration.ofSeconds(5));
        CompletableFuture<Void> same = pool.shutdown(Duration.ofSeconds(10));
        ticker.advance(Duration.ofSeconds(4));
        keeps(pool, () -> !end.isDone());
        ticker.advance(Duration.ofSeconds(1));
        await(pool, () -> end.isDone() && same.isDone());
        close(a);
        close(b);
        await(pool, () -> pool.stats().destroyed() == 2);
    }

    @Test
    @Tag("G53")
    void interruptedCloseStopsWaitingAndKeepsTheFlag() throws Exception {
        KeyedPool<String, Resource> pool = open(1, 1);
        CheckedLease held = take(pool, "a");
        FutureTask<Boolean> closer = ShutdownClause.closingInterrupted(pool);
        await(pool, closer::isDone);
        assertTrue(closer.get(), "the flag is kept");
        assertThrows(PoolClosedException.class, () -> pool.tryAcquire("a"));
        close(held);
    }

    @Test
    @Tag("G53")
    void poolThatNobodyHasUsedEndsAtOnce() {
        KeyedPool<String, Resource> pool = open(2, 1);
        pool.close();
        await(pool, () -> pool.shutdown(LONG).isDone());
    }
}
