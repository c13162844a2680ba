package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.RetryAfter;
import io.dewpond.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects are created as needed, in the background, never too many, and no failure wedges the pool. */
abstract class CreationClause extends Clause {
    private static final Duration RETRY = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration AGES = Duration.ofDays(300);

    CreationClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G24")
    void failedCreationFreesItsPlace() throws InterruptedException {
        List<Step> failures =
                List.of(Step.fail(new IOException("refused")), Step.fail(new StackOverflowError()), Step.refuse());
        for (Step failure : failures) {
            factory.creations().next(failure);
            Pool<Resource> pool = open(1);
            Borrower waiter = waiting(pool, LONG);
            await(pool, () -> pool.stats().creationFailures() == 1);
            await(pool, () -> pool.stats().total() == 0);
            ticker.advance(pool.config().retryDelay());
            waiter.lease();
            assertEquals(1, pool.stats().created());
        }
    }

    @Test
    @Tag("G24")
    void oneTryFollowsEachDelay() throws InterruptedException {
        factory.creations().always(Step.fail(new IOException("refused")));
        Pool<Resource> pool =
                open(config(3).retryDelay(RETRY).maxRetryDelay(RETRY).maxConcurrentCreations(1));
        Borrower waiter = waiting(pool, AGES);
        for (int i = 1; i <= 4; i++) {
            int tries = i;
            await(pool, () -> pool.stats().creationFailures() == tries);
            keeps(pool, () -> factory.creations().calls() == tries);
            ticker.advance(RETRY);
        }
        assertTrue(!waiter.isDone());
    }

    @Test
    @Tag("G24")
    void afterAFailureOneIsTriedAtATimeUntilOneSucceeds() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.fail(new IOException("refused"))).next(Step.pass(gate));
        Pool<Resource> pool = open(config(4).retryDelay(RETRY).maxRetryDelay(RETRY));
        Borrower first = waiting(pool, AGES);
        await(pool, () -> pool.stats().creationFailures() == 1);
        Borrower second = waiting(pool, AGES);
        Borrower third = waiting(pool, AGES);
        ticker.advance(RETRY);
        gate.awaitArrivals(1, patience());
        keeps(pool, () -> factory.creations().calls() == 2);
        gate.open();
        first.lease();
        second.lease();
        third.lease();
        assertEquals(3, pool.stats().created());
    }

    @Test
    @Tag("G24")
    void delayNeverGrowsPastItsBound() throws InterruptedException {
        factory.creations().always(Step.fail(new IOException("refused")));
        Pool<Resource> pool = open(config(1).retryDelay(Duration.ofMillis(1)).maxRetryDelay(RETRY));
        waiting(pool, AGES);
        for (int i = 1; i < 80; i++) {
            int tries = i;
            await(pool, () -> pool.stats().creationFailures() >= tries);
            ticker.advance(RETRY);
        }
    }

    @Test
    @Tag("G24")
    void failureThatAsksForTimeHasIt() throws InterruptedException {
        factory.creations().next(Step.fail(new Patient(RETRY))).next(Step.fail(new Patient(Duration.ZERO)));
        Pool<Resource> pool = open(config(1)
                .retryDelay(Duration.ofMillis(1))
                .maxRetryDelay(Duration.ofMillis(1))
                .maxConcurrentCreations(1));
        Borrower waiter = waiting(pool, AGES);
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(RETRY.minusNanos(1));
        keeps(pool, () -> factory.creations().calls() == 1);
        ticker.advance(Duration.ofNanos(1));
        await(pool, () -> pool.stats().creationFailures() == 2);
        ticker.advance(Duration.ofMillis(1)); // as ever
        waiter.lease();
        assertEquals(3, factory.creations().calls());
    }

    /** A failure that knows when there is hope again. */
    private static final class Patient extends IOException implements RetryAfter {
        private static final long serialVersionUID = 1;
        private final Duration delay;

        Patient(Duration delay) {
            super("not before " + delay);
            this.delay = delay;
        }

        @Override
        public Duration retryAfter() {
            return delay;
        }
    }

    @Test
    @Tag("G24")
    void healedFactoryServesAtOnce() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            factory.creations().next(Step.fail(new IOException("refused")));
        }
        Pool<Resource> pool =
                open(config(4).retryDelay(RETRY).maxRetryDelay(RETRY).maxConcurrentCreations(1));
        Borrower waiter = waiting(pool, AGES);
        for (int i = 1; i <= 5; i++) {
            int tries = i;
            await(pool, () -> pool.stats().creationFailures() == tries);
            ticker.advance(RETRY);
        }
        waiter.lease();
        take(pool);
        take(pool);
        assertEquals(5, pool.stats().creationFailures());
    }

    @Test
    @Tag("G28")
    void failFastGivesTheCauseAtOnceWhenNothingIsAlive() throws InterruptedException {
        IOException refused = new IOException("refused");
        factory.creations().next(Step.fail(refused));
        Pool<Resource> pool = open(config(1).failFast(true));
        CreationFailedException failure = borrow(pool, LONG).failure(CreationFailedException.class);
        assertSame(refused, failure.getCause());
        assertEquals("contract", failure.pool());
        ticker.advance(pool.config().retryDelay());
        take(pool);
    }

    @Test
    @Tag("G28")
    void failFastWaitsWhileSomethingIsAlive() throws InterruptedException {
        Pool<Resource> pool = open(config(2).failFast(true));
        CheckedLease held = take(pool);
        factory.creations().next(Step.fail(new IOException("refused")));
        Borrower waiter = borrow(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() == 1);
        keeps(pool, () -> !waiter.isDone());
        held.close();
        assertSame(held.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G28")
    void failFastTellsAllWhoWaitOfOneFailure() throws InterruptedException {
        IOException refused = new IOException("refused");
        Gate gate = gate();
        factory.creations().next(() -> {
            gate.passUninterruptibly();
            throw refused;
        });
        Pool<Resource> pool = open(config(3).failFast(true).maxConcurrentCreations(1));
        List<Borrower> waiters =
                IntStream.range(0, 3).mapToObj(i -> waiting(pool, LONG)).toList();
        gate.open();
        for (Borrower waiter : waiters) {
            assertSame(refused, waiter.failure(CreationFailedException.class).getCause());
        }
        assertEquals(1, factory.creations().calls());
    }

    @Test
    @Tag("G28")
    void failFastDoesNotWaitForACreationThatHangs() throws InterruptedException {
        IOException refused = new IOException("refused");
        Gate gate = gate();
        factory.creations().next(Step.hang(gate)).next(Step.fail(refused));
        Pool<Resource> pool = open(config(2).failFast(true));
        Borrower first = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        Borrower second = borrow(pool, LONG);
        for (Borrower waiter : List.of(first, second)) {
            assertSame(refused, waiter.failure(CreationFailedException.class).getCause());
        }
    }

    @Test
    @Tag("G28")
    void failFastTellsWhoeverComesDuringTheDelayAtOnce() throws InterruptedException {
        IOException refused = new IOException("refused");
        factory.creations().next(Step.fail(refused));
        Pool<Resource> pool = open(config(1).failFast(true).retryDelay(RETRY).maxRetryDelay(RETRY));
        borrow(pool, LONG).failure(CreationFailedException.class);
        assertSame(
                refused,
                borrow(pool, LONG).failure(CreationFailedException.class).getCause());
        assertEquals(1, factory.creations().calls());
        ticker.advance(RETRY);
        take(pool);
    }

    @Test
    @Tag("G25")
    @Tag("G20")
    void hungCreationIsGivenUpAndItsLateObjectDestroyedUnlent() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.hang(gate));
        Pool<Resource> pool = open(config(1).createTimeout(LIMIT));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        ticker.advance(LIMIT);
        await(pool, () -> pool.stats().abandoned() == 1);
        ticker.advance(pool.config().retryDelay());
        Resource lent = waiter.lease().get();
        assertEquals(1, pool.stats().creationFailures());

        gate.open();
        await(pool, () -> pool.stats().abandoned() == 0);
        await(pool, () -> factory.made().size() == 2 && factory.alive().size() == 1);
        assertTrue(lent.isSound());
        await(pool, () -> pool.stats().destroyed() == 1);
    }

    @Test
    @Tag("G25")
    void creationIsInterruptedAtItsTimeout() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = open(config(1).createTimeout(LIMIT));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        ticker.advance(LIMIT);
        await(
                pool,
                () -> pool.stats().creationFailures() == 1
                        && factory.creations().running() == 0);
        await(pool, () -> pool.stats().abandoned() == 0);
        ticker.advance(pool.config().retryDelay());
        waiter.lease();
        assertEquals(1, factory.made().size());
    }

    @Test
    @Tag("G20")
    void atMostOneCreationAPlaceIsGivenUp() throws InterruptedException {
        factory.creations().always(Step.hang(gate()));
        PoolConfig<Resource> config = config(2).createTimeout(LIMIT);
        Pool<Resource> pool = open(config);
        IntStream.range(0, 3).forEach(i -> waiting(pool, AGES));
        for (int i = 0; i < 5; i++) {
            ticker.advance(LIMIT.plus(config.maxRetryDelay()));
            keeps(pool, () -> pool.stats().abandoned() <= 2);
        }
        assertTrue(
                factory.creations().mostRunning() <= 4,
                () -> factory.creations().mostRunning() + " at once");
    }

    @Test
    @Tag("G21")
    void creationsAreBoundedAndNoMoreThanNeeded() throws InterruptedException {
        Gate gate = gate();
        factory.creations().always(Step.pass(gate));
        Pool<Resource> pool = open(config(10).maxConcurrentCreations(2));
        List<Borrower> waiters =
                IntStream.range(0, 5).mapToObj(i -> waiting(pool, LONG)).toList();
        awaitArrivals(gate, 2);
        keeps(pool, () -> factory.creations().calls() == 2 && pool.stats().creating() == 2);
        gate.open();
        for (Borrower waiter : waiters) {
            waiter.lease();
        }
        awaitQuiet(pool);
        assertEquals(2, factory.creations().mostRunning());
        assertEquals(5, factory.creations().calls());
    }

    /** The time stands still: whatever is done by and by, by a delay or a poll, is never done. */
    @Test
    @Tag("G21")
    void creationsFollowEachOtherWithoutADelay() throws InterruptedException {
        Pool<Resource> pool = open(config(40).maxConcurrentCreations(4));
        List<Borrower> borrowers =
                IntStream.range(0, 40).mapToObj(i -> borrow(pool, LONG)).toList();
        for (Borrower borrower : borrowers) {
            borrower.lease();
        }
        assertEquals(40, factory.creations().calls());
        int atOnce = factory.creations().mostRunning();
        assertTrue(atOnce <= 4, () -> atOnce + " at once");
    }

    @Test
    @Tag("G21")
    @Tag("G23")
    void creationsServeWhoeverTakesThePlaceOfThoseWhoLeft() throws InterruptedException {
        Gate gate = gate();
        factory.creations().always(Step.pass(gate));
        Pool<Resource> pool = open(10);
        List<Borrower> gone =
                IntStream.range(0, 3).mapToObj(i -> waiting(pool, LONG)).toList();
        awaitArrivals(gate, 3);
        gone.forEach(Borrower::interrupt);
        await(pool, () -> pool.stats().waiting() == 0);
        List<Borrower> waiters =
                IntStream.range(0, 3).mapToObj(i -> waiting(pool, LONG)).toList();
        keeps(pool, () -> factory.creations().calls() == 3);
        gate.open();
        for (Borrower waiter : waiters) {
            waiter.lease();
        }
        assertEquals(3, factory.creations().calls());
    }

    @Test
    @Tag("G22")
    void fullPoolCreatesNothing() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        Borrower waiter = waiting(pool, LONG);
        keeps(pool, () -> factory.creations().calls() == 1 && pool.stats().creating() == 0);
        held.close();
        waiter.lease();
    }

    @Test
    @Tag("G20")
    void crowdNeverSeesMoreObjectsThanTheMaximum() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        factory.creations().always(() -> {
            if (tries.incrementAndGet() % 4 == 0) {
                throw new IOException("refused");
            }
            return true;
        });
        Pool<Resource> pool = open(config(3)
                .ticker(Ticker.system())
                .maxRetryDelay(Duration.ofMillis(1))
                .retryDelay(Duration.ofMillis(1)));
        Race.between(IntStream.range(0, 6)
                .mapToObj(i -> Race.run(() -> new Crowd(pool, i).run(80)))
                .toArray(Callable<?>[]::new));
        assertTrue(factory.mostAlive() <= 3, () -> factory.mostAlive() + " were alive at once");
        assertEquals(480, pool.stats().acquired());
    }
}
