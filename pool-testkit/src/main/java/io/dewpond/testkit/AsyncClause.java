package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A future is served as a thread is, in the same queue and with the same care, and who serves it has no part in it. */
@Tag("G12")
abstract class AsyncClause extends FutureClause {
    AsyncClause(PoolContract contract) {
        super(contract);
    }

    @Test
    void idleObjectCompletesTheFutureAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease former = take(pool);
        former.close();
        for (Duration timeout : List.of(LONG, Duration.ZERO)) {
            CompletableFuture<Lease<Resource>> future = later(pool, timeout);
            assertTrue(future.isDone());
            assertSame(former.resource(), future.join().get());
            future.join().close();
        }
        assertEquals(1, factory.creations().calls());
    }

    @Test
    void emptyPoolWithRoomCreatesForAFuture() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = open(1);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        awaitArrivals(gate, 1);
        assertFalse(future.isDone());
        gate.open();
        Resource lent = lease(future).get();
        assertSame(factory.made().get(0), lent);
    }

    @Test
    void failedCreationIsTriedAgainForAFuture() throws InterruptedException {
        factory.creations().next(Step.fail(new IOException("connection refused")));
        Pool<Resource> pool = open(1);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() > 0);
        ticker.advance(Duration.ofMinutes(1));
        lease(future);
    }

    @Test
    @Tag("G7")
    void futuresAndThreadsAreServedInOrderOfArrival() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> first = later(pool, LONG);
        Borrower second = waiting(pool, LONG);
        CompletableFuture<Lease<Resource>> third = later(pool, LONG);
        CompletableFuture<Lease<Resource>> fourth = later(pool, LONG);
        Borrower fifth = waiting(pool, LONG);
        assertEquals(5, pool.stats().waiting());

        held.close();
        Lease<Resource> lease = lease(first);
        assertEquals(4, pool.stats().waiting());
        lease.close();
        lease = second.lease();
        assertEquals(3, pool.stats().waiting());
        lease.close();
        lease = lease(third);
        assertEquals(2, pool.stats().waiting());
        lease.close();
        lease = lease(fourth);
        assertEquals(1, pool.stats().waiting());
        assertFalse(fifth.isDone());
        lease.close();
        assertSame(held.resource(), fifth.lease().get());
    }

    @Test
    @Tag("G7")
    void nobodyOvertakesAFuture() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        held.close();
        assertTrue(pool.tryAcquire().isEmpty());
        assertSame(held.resource(), lease(future).get());
    }

    @Test
    void releaserHasNoPartInWhatDependsOnTheFuture() throws InterruptedException {
        Pool<Resource> pool = open(config(2).maxConcurrentCreations(1));
        CheckedLease held = take(pool);
        CheckedLease other = take(pool);
        Gate gate = gate();
        AtomicReference<Thread> completer = new AtomicReference<>();
        CompletableFuture<?> unused = later(pool, LONG).thenRun(() -> {
            completer.set(Thread.currentThread());
            gate.passUninterruptibly();
        });
        held.close();
        awaitArrivals(gate, 1);
        assertNotSame(Thread.currentThread(), completer.get());

        // What hangs there holds up nobody: neither another future nor a destruction.
        CompletableFuture<Lease<Resource>> next = later(pool, LONG);
        other.close();
        lease(next).invalidate(null);
        awaitQuiet(pool);
        assertEquals(1, pool.stats().destroyed());
    }

    @Test
    @Tag("G5")
    void releaseInTheInstantOfTheRequestIsSeen() throws Exception {
        Pool<Resource> pool = open(1);
        Lease<Resource> held = take(pool);
        for (int i = 0; i < RACES; i++) {
            Lease<Resource> current = held;
            CompletableFuture<CompletableFuture<Lease<Resource>>> asked = new CompletableFuture<>();
            Race.between(Race.run(() -> asked.complete(pool.acquireAsync(LONG))), Race.run(current::close));
            held = new CheckedLease(lease(asked.join()));
        }
        held.close();
    }

    @Test
    void idleObjectIsValidatedForAFutureWhileAnotherValidationHangs() throws InterruptedException {
        Gate gate = gate();
        AtomicReference<@Nullable Resource> hanging = new AtomicReference<>();
        Pool<Resource> pool = open(config(2).maxConcurrentCreations(2).validator(resource -> {
            if (hanging.compareAndSet(null, resource)) {
                gate.passUninterruptibly();
            }
            return true;
        }));
        CheckedLease one = take(pool);
        CheckedLease two = take(pool);
        one.close();
        two.close();
        ticker.advance(SECOND);
        CompletableFuture<Lease<Resource>> first = later(pool, LONG);
        CompletableFuture<Lease<Resource>> second = later(pool, LONG);
        assertNotSame(hanging.get(), lease(first).get());
        assertFalse(second.isDone());
        gate.open();
        assertSame(hanging.get(), lease(second).get());
    }

    @Test
    void unfitObjectIsFollowedByAnotherIdleOneForAFuture() throws InterruptedException {
        AtomicReference<@Nullable Resource> unfit = new AtomicReference<>();
        Pool<Resource> pool = open(config(3).maxConcurrentCreations(1).validator(resource -> resource != unfit.get()));
        List<CheckedLease> leases = List.of(take(pool), take(pool), take(pool));
        unfit.set(leases.get(0).resource());
        factory.creations().always(Step.pass(gate()));
        leases.forEach(CheckedLease::close);
        ticker.advance(SECOND);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        assertNotSame(unfit.get(), lease(future).get());
    }

    @Test
    void callersInterruptFlagIsLeftAlone() throws InterruptedException {
        Pool<Resource> pool = open(1);
        take(pool).close();
        Thread.currentThread().interrupt();
        CompletableFuture<Lease<Resource>> served = later(pool, LONG);
        CompletableFuture<Lease<Resource>> waits = later(pool, LONG);
        assertTrue(Thread.interrupted());
        lease(served).close();
        lease(waits);
    }
}
