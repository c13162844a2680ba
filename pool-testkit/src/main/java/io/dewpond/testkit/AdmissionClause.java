package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An admission policy sheds whom it says, when an object comes and not before, and can do no other harm. */
@Tag("G61")
abstract class AdmissionClause extends FutureClause {
    private static final Duration WAITED = Duration.ofMillis(20);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedAdmission admission = new ScriptedAdmission();

    AdmissionClause(PoolContract contract) {
        super(contract);
    }

    private Pool<Resource> openShedding() {
        return open(config(1).name("parsers").admission(admission));
    }

    @Test
    void oldestAreShedWhenAnObjectComesAndTheNextIsServed() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        Borrower third = waiting(pool, LONG);
        ticker.advance(WAITED);
        admission.shedNext(2);
        held.close();
        AcquireRejectedException shed = first.failure(AcquireRejectedException.class);
        assertEquals("parsers", shed.pool());
        assertEquals(WAITED, shed.waited());
        assertSays(shed, "'parsers'", "20 ms", "2 still wait", "by script");
        assertSays(second.failure(AcquireRejectedException.class), "1 still wait");
        assertSame(held.resource(), third.lease().get());
        assertEquals(2, pool.stats().rejected());
        assertEquals(0, pool.stats().timedOut());
        assertEquals(0, pool.stats().waiting());
    }

    @Test
    void youngWaitersAreShedAsWell() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        admission.shedNext(1);
        held.close();
        first.failure(AcquireRejectedException.class);
        assertSame(held.resource(), second.lease().get());
    }

    @Test
    void nobodyIsShedWhileNothingComes() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        take(pool);
        int before = admission.questions().size();
        Borrower waiter = waiting(pool, SECOND);
        admission.shedNext(1);
        ticker.advance(SECOND.minusNanos(1));
        keeps(pool, () -> !waiter.isDone());
        ticker.advance(Duration.ofNanos(1));
        waiter.failure(AcquireTimeoutException.class);
        assertEquals(before, admission.questions().size());
    }

    @Test
    void objectIsIdleWhenAllAreShed() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        ticker.advance(WAITED);
        admission.shedNext(2);
        held.close();
        first.failure(AcquireRejectedException.class);
        second.failure(AcquireRejectedException.class);
        awaitIdle(pool, 1);
        assertSame(held.resource(), take(pool).resource());
    }

    @Test
    void newObjectAsksAsWell() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = openShedding();
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        admission.shedNext(1);
        gate.open();
        waiter.failure(AcquireRejectedException.class);
        awaitIdle(pool, 1);
    }

    @Test
    void policyIsToldHowLongTheOldestWaitsAndHowManyDo() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        int before = admission.questions().size();
        Borrower first = waiting(pool, LONG);
        ticker.advance(WAITED);
        waiting(pool, LONG);
        ticker.advance(WAITED);
        held.close();
        first.lease();
        long now = ticker.nanoTime();
        assertEquals(
                new ScriptedAdmission.Question(2 * WAITED.toNanos(), now, 2),
                admission.questions().get(before));
    }

    @Test
    void whoeverFindsAnIdleObjectIsNotAskedAbout() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        take(pool).close();
        int before = admission.questions().size();
        take(pool).close();
        pool.tryAcquire().orElseThrow().close();
        assertEquals(before, admission.questions().size());
    }

    @Test
    void newestIsServedFirstWhereThePolicySaysSo() throws InterruptedException {
        serveNewestFirst(WAITED);
    }

    @Test
    void newestIsServedFirstThoughTheOldestIsYoung() throws InterruptedException {
        serveNewestFirst(Duration.ZERO);
    }

    private void serveNewestFirst(Duration wait) throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        admission.serveNewestFirst();
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        Borrower third = waiting(pool, LONG);
        ticker.advance(wait);
        held.close();
        third.lease().close();
        second.lease().close();
        assertSame(held.resource(), first.lease().get());
        assertEquals(4, pool.stats().acquired(), "what the oldest took and gave on is no lease");
    }

    @Test
    void newestWhoIsOutOfTimeIsNotServed() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        admission.serveNewestFirst();
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, SECOND);
        ticker.advance(SECOND);
        held.close();
        first.lease();
        second.failure(AcquireTimeoutException.class);
        assertEquals(1, pool.stats().timedOut());
    }

    @Test
    void futureIsShedAndServedAsAThreadIs() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> first = later(pool, LONG);
        CompletableFuture<Lease<Resource>> second = later(pool, LONG);
        CompletableFuture<Lease<Resource>> third = later(pool, LONG);
        admission.serveNewestFirst();
        admission.shedNext(1);
        held.close();
        failure(first, AcquireRejectedException.class);
        lease(third).close();
        assertSame(held.resource(), lease(second).get());
        assertEquals(1, pool.stats().rejected());
    }

    @Test
    void policyThatThrowsShedsNobodyAndCountsAsFailed() throws InterruptedException {
        Pool<Resource> pool = openShedding();
        admission.serveNewestFirst();
        for (Throwable thrown :
                List.of(new IllegalStateException("full"), new StackOverflowError(), new IOException())) {
            CheckedLease held = take(pool);
            long failures = pool.stats().callbackFailures();
            Borrower first = waiting(pool, LONG);
            Borrower second = waiting(pool, LONG);
            admission.throwNext(thrown);
            held.close();
            first.lease().close();
            second.lease().close();
            assertEquals(failures + 1, pool.stats().callbackFailures());
        }
        assertEquals(0, pool.stats().rejected());
    }

    @Test
    void eachPoolOpensThePolicyOnce() {
        List<Pool<Resource>> pools = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pools.add(openShedding());
            assertEquals(i + 1, admission.opened());
        }
        pools.forEach(Pool::close);
    }

    @Test
    void policyThatCanNotBeOpenedIsTheOpenersToKnow() {
        IllegalStateException refused = new IllegalStateException("no policy today");
        try {
            openUnwatched(config(1).admission(() -> {
                throw refused;
            }));
        } catch (IllegalStateException thrown) {
            assertSame(refused, thrown);
            return;
        }
        throw new AssertionError("the pool was opened without its policy");
    }
}
