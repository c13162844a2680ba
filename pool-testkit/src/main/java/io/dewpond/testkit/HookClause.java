package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a hook does to an object is done at its turn, once, and by the right thread; one that fails costs the object only. */
@Tag("G49")
abstract class HookClause extends FutureClause {
    /** What the hook does at its next calls; nothing, if the script doesn't say. */
    private final Script hook = new Script();

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    HookClause(PoolContract contract) {
        super(contract);
    }

    private void note(String call) {
        threads.add(Thread.currentThread());
        calls.add(call);
    }

    private void scripted(Resource resource) throws Exception {
        note("hook " + resource.number());
        boolean unused = hook.run();
    }

    private Pool<Resource> preparing(int maxSize) {
        return open(config(maxSize).beforeLend(this::scripted));
    }

    private static void assertIsGreeting(@Nullable Throwable cause) {
        assertEquals("no greeting", cause == null ? "no cause" : cause.getMessage());
    }

    // After create

    @Test
    void newObjectIsPreparedOnceAndThenValidated() throws InterruptedException {
        Pool<Resource> pool = open(
                config(1).afterCreate(this::scripted).validateAfterCreate(true).validator(resource -> {
                    note("validation " + resource.number());
                    return true;
                }));
        take(pool).close();
        take(pool).close();
        assertEquals(List.of("hook 1", "validation 1"), calls);
        assertFalse(threads.get(0).getName().startsWith("borrower"));
    }

    @Test
    void objectThatFailsItsPreparationIsDestroyedAndSoIsItsCreation() throws InterruptedException {
        Recorder recorder = new Recorder();
        hook.next(Step.fail(new IOException("no greeting")));
        Pool<Resource> pool = open(config(1).afterCreate(this::scripted).listener(recorder));
        Borrower waiter = waiting(pool, LONG);
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(pool.config().retryDelay());
        assertEquals(2, waiter.lease().resource().number());
        assertEquals(1, pool.stats().destroyedFor(DestroyReason.HOOK_FAILED));
        assertEquals(1, pool.stats().callbackFailures());
        List<String> told = List.of(
                "created 1",
                "AFTER_CREATE failed: IOException",
                "creation failed: IOException",
                "destroyed 1: HOOK_FAILED",
                "created 2");
        Eventually.holds(
                patience(),
                () -> recorder.events().size() == 5 && recorder.events().containsAll(told),
                () -> "" + recorder.events());
    }

    @Test
    void borrowersLearnWhyNoObjectCanBePrepared() throws InterruptedException {
        hook.always(Step.fail(new IOException("no greeting")));
        Pool<Resource> pool = open(config(1).afterCreate(this::scripted));
        Borrower waiter = waiting(pool, SECOND);
        await(pool, () -> pool.stats().creationFailures() > 0);
        ticker.advance(SECOND);
        assertIsGreeting(waiter.failure(AcquireTimeoutException.class).getCause());
        Pool<Resource> hasty = open(config(1).afterCreate(this::scripted).failFast(true));
        assertIsGreeting(
                borrow(hasty, LONG).failure(CreationFailedException.class).getCause());
    }

    @Test
    @Tag("G25")
    void preparationThatHangsIsGivenUpWithItsCreation() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.hang(gate).then(Step.fail(new IOException("an echo"))));
        Pool<Resource> pool = open(config(1).afterCreate(this::scripted).createTimeout(SECOND));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        ticker.advance(SECOND);
        await(pool, () -> pool.stats().creationFailures() == 1);
        ticker.advance(pool.config().retryDelay());
        Resource lent = waiter.lease().resource();
        long failures = pool.stats().callbackFailures();
        gate.open();
        await(pool, () -> factory.alive().equals(Set.of(lent)));
        assertEquals(failures, pool.stats().callbackFailures(), "what it throws when it was given up");
    }

    @Test
    void objectIsNotDestroyedWithTheInterruptThatItsPreparationLeft() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        factory.destructions().always(() -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            return true;
        });
        hook.next(Step.fail(new InterruptedException("a hook's own")));
        Pool<Resource> pool = open(config(1).afterCreate(this::scripted));
        pool.tryAcquire();
        await(pool, () -> pool.stats().destroyed() == 1);
        assertFalse(interrupted.get());
    }

    // Before a lease

    @Test
    void hookRunsBeforeEachLeaseInItsBorrowersThread() throws InterruptedException {
        Pool<Resource> pool = open(config(2).minIdle(1).beforeLend(this::scripted));
        awaitIdle(pool, 1);
        assertEquals(List.of(), calls); // what is only made ready isn't lent
        Borrower waiting = borrow(pool, LONG);
        waiting.lease().close();
        assertTrue(threads.get(0).getName().startsWith("borrower"));
        Optional<Lease<Resource>> now = pool.tryAcquire();
        assertEquals(List.of("hook 1", "hook " + now.orElseThrow().get().number()), calls);
        assertSame(Thread.currentThread(), threads.get(1));
        now.orElseThrow().close();
        pool.use(resource -> calls.add("use"));
        assertEquals("use", calls.get(3));
    }

    @Test
    void hookOfAFutureRunsOnAThreadOfThePoolBeforeItIsComplete() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.succeed()).next(Step.pass(gate)).next(Step.succeed());
        Pool<Resource> pool = preparing(1);
        take(pool).close();
        CompletableFuture<Lease<Resource>> soon = later(pool, LONG);
        awaitArrivals(gate, 1);
        assertFalse(soon.isDone());
        gate.open();
        Lease<Resource> lease = lease(soon);
        CompletableFuture<Lease<Resource>> next = later(pool, LONG);
        lease.close();
        assertEquals(1, lease(next).get().number());
        assertEquals(List.of("hook 1", "hook 1", "hook 1"), calls);
        threads.subList(1, 3).forEach(thread -> assertNotSame(Thread.currentThread(), thread));
    }

    @Test
    void objectThatFailsBeforeItIsLentIsReplacedWithinTheDeadline() throws InterruptedException {
        Pool<Resource> pool = preparing(2);
        CheckedLease one = take(pool);
        CheckedLease other = take(pool);
        one.close();
        other.close();
        hook.next(Step.fail(new StackOverflowError()));
        CheckedLease lease = take(pool);
        awaitQuiet(pool);
        assertEquals(1, pool.stats().destroyedFor(DestroyReason.HOOK_FAILED));
        assertEquals(1, pool.stats().callbackFailures());
        assertEquals(3, pool.stats().acquired());
        assertEquals(0, lease.resource().destructions());
    }

    @Test
    void newObjectsThatFailTheHookAreNotMadeWithoutPause() throws InterruptedException {
        hook.always(Step.fail(new IOException("no greeting")));
        Pool<Resource> pool =
                open(config(1).beforeLend(this::scripted).retryDelay(SECOND).maxRetryDelay(SECOND));
        Borrower waiter = borrow(pool, SECOND.multipliedBy(100));
        await(pool, () -> pool.stats().waiting() == 1 && pool.stats().callbackFailures() > 0);
        awaitQuiet(pool);
        keeps(pool, () -> pool.stats().created() < 10);
        ticker.advance(SECOND.multipliedBy(100));
        assertIsGreeting(waiter.failure(AcquireTimeoutException.class).getCause());
        assertEquals(0, pool.stats().acquired());
        hook.always(Step.succeed());
        Borrower last = borrow(pool, LONG);
        await(pool, () -> last.isServed() || pool.stats().waiting() == 1);
        ticker.advance(SECOND);
        last.lease();
    }

    /** After a failure one is tried at a time; here it takes a lease to know that it has succeeded. */
    @Test
    @Tag("G24")
    void objectThatPassesTheHookClearsTheWayForAll() throws InterruptedException {
        hook.next(Step.fail(new IOException("no greeting")));
        Pool<Resource> pool =
                open(config(3).beforeLend(this::scripted).retryDelay(SECOND).maxRetryDelay(SECOND));
        Borrower first = borrow(pool, LONG);
        await(pool, () -> pool.stats().waiting() == 1 && pool.stats().callbackFailures() == 1);
        awaitQuiet(pool);
        ticker.advance(SECOND);
        first.lease();
        Gate gate = gate();
        factory.creations().always(Step.pass(gate));
        Borrower second = borrow(pool, LONG);
        Borrower third = borrow(pool, LONG);
        awaitArrivals(gate, 2);
        gate.open();
        second.lease();
        third.lease();
    }

    @Test
    void futureWhoseObjectFailsTheHookHasAnotherThatIsIdle() throws InterruptedException {
        Pool<Resource> pool = preparing(2);
        CheckedLease one = take(pool);
        CheckedLease other = take(pool);
        one.close();
        other.close();
        hook.next(Step.fail(new IOException("no greeting")));
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        Eventually.holds(patience(), future::isDone, () -> "" + pool.stats());
        Lease<Resource> lease = future.join();
        assertEquals(0, lease.get().destructions());
        assertEquals(2, pool.stats().created());
        lease.close();
        await(pool, () -> pool.stats().destroyedFor(DestroyReason.HOOK_FAILED) == 1);
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    void futureGivesUpItsPlaceAsAnyOther() throws InterruptedException {
        Pool<Resource> pool = preparing(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        await(pool, () -> pool.stats().waiting() == 1);
        future.cancel(false);
        await(pool, () -> pool.stats().waiting() == 0);
        held.close();
    }

    @Test
    void futureThatIsCancelledDuringAHookThatFailsAsksForNoOther() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.succeed()).next(Step.pass(gate).then(Step.fail(new IOException("no greeting"))));
        Pool<Resource> pool = preparing(1);
        take(pool).close();
        CompletableFuture<Lease<Resource>> cancelled = later(pool, LONG);
        awaitArrivals(gate, 1);
        CompletableFuture<Lease<Resource>> next = later(pool, LONG);
        cancelled.cancel(false);
        gate.open();
        lease(next);
        await(pool, () -> pool.stats().waiting() == 0);
    }

    @Test
    void hookIsNotRunForAnObjectThatNobodyGets() throws InterruptedException {
        Pool<Resource> pool = preparing(1);
        CheckedLease held = take(pool);
        CompletableFuture<Lease<Resource>> cancelled = later(pool, LONG);
        Borrower late = waiting(pool, SECOND);
        Borrower interrupted = waiting(pool, LONG);
        cancelled.cancel(false);
        interrupted.interrupt();
        interrupted.failure(InterruptedException.class);
        ticker.advance(SECOND);
        late.failure(AcquireTimeoutException.class);
        held.close();
        awaitIdle(pool, 1);
        assertEquals(List.of("hook 1"), calls);
    }

    @Test
    void futureThatIsCancelledDuringItsHookGivesTheObjectBack() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.succeed()).next(Step.pass(gate));
        Pool<Resource> pool = preparing(1);
        take(pool).close();
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        awaitArrivals(gate, 1);
        future.cancel(false);
        gate.open();
        awaitIdle(pool, 1);
        assertEquals(1, pool.stats().acquired());
        assertEquals(0, pool.stats().destroyed());
    }

    @Test
    @Tag("G9")
    void interruptInTheHookEndsTheAcquire() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = preparing(2);
        CheckedLease one = take(pool);
        CheckedLease other = take(pool);
        one.close();
        other.close();
        hook.next(Step.pass(gate));
        Borrower borrower = borrow(pool, LONG);
        awaitArrivals(gate, 1);
        borrower.interrupt();
        borrower.failure(InterruptedException.class);
        assertFalse(borrower.flagLeft());
        awaitIdle(pool, 1);
        assertEquals(1, pool.stats().destroyedFor(DestroyReason.HOOK_FAILED));
    }

    @Test
    @Tag("G9")
    void interruptThatTheHookEnduresIsLeftToTheBorrower() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.hang(gate));
        Pool<Resource> pool = preparing(1);
        Borrower borrower = borrow(pool, LONG);
        awaitArrivals(gate, 1);
        borrower.interrupt();
        gate.open();
        assertEquals(1, borrower.lease().resource().number());
        assertTrue(borrower.flagLeft());
    }

    @Test
    @Tag("G9")
    void interruptedTryCostsOneObjectAtMost() throws InterruptedException {
        Pool<Resource> pool = preparing(3);
        List<CheckedLease> crowd = List.of(take(pool), take(pool), take(pool));
        crowd.forEach(CheckedLease::close);
        hook.always(Step.fail(new InterruptedException()));
        assertTrue(pool.tryAcquire().isEmpty());
        assertTrue(Thread.interrupted());
        awaitIdle(pool, 2);
    }

    @Test
    @Tag("G2")
    void hookThatEndsLateLendsIfItPassesAndEndsTheAcquireIfNot() throws InterruptedException {
        Step late = () -> {
            ticker.advance(SECOND.multipliedBy(2));
            return true;
        };
        hook.next(late).next(Step.succeed()).next(late.then(Step.fail(new IOException())));
        Pool<Resource> pool = preparing(2);
        CheckedLease lease = borrow(pool, SECOND).lease();
        take(pool).close();
        AcquireTimeoutException failure = borrow(pool, SECOND).failure(AcquireTimeoutException.class);
        assertTrue(failure.waited().compareTo(SECOND) >= 0, () -> "waited " + failure.waited());
        lease.close();
    }

    @Test
    @Tag("G2")
    void whoeverIsOutOfTimeIsLentNothingThoughItIsIdle() throws InterruptedException {
        ticker.advance(LONG); // for readings of the time that don't overflow when they are added
        Pool<Resource> pool = preparing(2);
        List<CheckedLease> both = List.of(take(pool), take(pool));
        both.forEach(CheckedLease::close);
        hook.next(() -> {
            ticker.advance(SECOND);
            throw new IOException("no greeting");
        });
        borrow(pool, SECOND).failure(AcquireTimeoutException.class);
        awaitIdle(pool, 1);
    }

    @Test
    @Tag("G53")
    void shutdownLetsTheHookEnd() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.pass(gate)).next(Step.pass(gate).then(Step.fail(new IOException())));
        Pool<Resource> pool = preparing(2);
        Borrower passing = borrow(pool, LONG);
        awaitArrivals(gate, 1);
        Borrower failing = borrow(pool, LONG);
        awaitArrivals(gate, 2);
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        gate.open();
        failing.failure(PoolClosedException.class);
        passing.lease().close();
        Eventually.holds(patience(), end::isDone, () -> "" + pool.stats());
    }

    @Test
    @Tag("G53")
    void leaseThatIsAbortedDuringItsHookIsNotHandedOver() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.pass(gate));
        Pool<Resource> pool = open(config(1).beforeLend(this::scripted).abortAtShutdown(resource -> {}));
        Borrower borrower = borrow(pool, LONG);
        awaitArrivals(gate, 1);
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        Eventually.holds(patience(), end::isDone, () -> "" + pool.stats());
        gate.open();
        borrower.failure(PoolClosedException.class);
    }

    @Test
    @Tag("G53")
    void futureWhoseLeaseIsAbortedDuringItsHookFails() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.hang(gate));
        Pool<Resource> pool = open(config(1).beforeLend(this::scripted).abortAtShutdown(resource -> {}));
        CompletableFuture<Lease<Resource>> future = later(pool, LONG);
        awaitArrivals(gate, 1);
        CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
        await(pool, () -> pool.stats().destroyed() == 1);
        gate.open();
        failure(future, PoolClosedException.class);
        await(pool, end::isDone);
    }

    @Test
    @Tag("G53")
    void closedPoolWithAHookRefusesAsAnyOther() throws InterruptedException {
        Pool<Resource> pool = preparing(1);
        take(pool).close();
        pool.close();
        failure(later(pool, LONG), PoolClosedException.class);
        assertThrows(PoolClosedException.class, pool::tryAcquire);
    }

    @Test
    @Tag("G2")
    void futureWhoseHookHangsFailsAtItsDeadline() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.hang(gate)).next(Step.succeed());
        Pool<Resource> pool = preparing(1);
        CompletableFuture<Lease<Resource>> future = later(pool, SECOND);
        AtomicReference<@Nullable Thread> told = new AtomicReference<>();
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> told.set(Thread.currentThread()));
        awaitArrivals(gate, 1);
        keeps(pool, () -> !future.isDone());
        ticker.advance(SECOND);
        assertEquals(SECOND, failure(future, AcquireTimeoutException.class).waited());
        assertEquals(1, pool.stats().timedOut());
        assertNotEquals(threads.get(0), told.get());
        await(pool, () -> pool.stats().destroyedFor(DestroyReason.HOOK_FAILED) == 1);
        assertEquals(1, pool.stats().callbackFailures());
        ticker.advance(SECOND);
        assertEquals(2, take(pool).resource().number());
    }

    @Test
    @Tag("G53")
    void futureWhoseHookHangsInAClosedPoolLearnsThatItIsClosed() throws InterruptedException {
        Gate gate = gate();
        hook.next(Step.hang(gate));
        Pool<Resource> pool = preparing(1);
        CompletableFuture<Lease<Resource>> future = later(pool, SECOND);
        awaitArrivals(gate, 1);
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        ticker.advance(SECOND);
        failure(future, PoolClosedException.class);
        assertEquals(0, pool.stats().timedOut());
        gate.open();
        Eventually.holds(patience(), end::isDone, () -> "" + pool.stats());
    }
}
