package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects are validated when it is due, and a bad one costs the borrower nothing but time. */
abstract class ValidationClause extends Clause {
    private static final Duration WITHIN_GRACE = Duration.ofMillis(400);
    private static final Duration PAST_GRACE = Duration.ofMillis(600);

    private final Script validations = new Script();

    ValidationClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> validating(int maxSize) {
        return config(maxSize).validator(resource -> validations.run() && resource.isSound());
    }

    @Test
    @Tag("G44")
    void objectUsedALittleWhileAgoIsNotValidated() throws InterruptedException {
        Pool<Resource> pool = open(validating(1));
        take(pool).close();
        ticker.advance(WITHIN_GRACE);
        take(pool).close();
        ticker.advance(WITHIN_GRACE);
        take(pool).close();
        assertEquals(0, validations.calls());
    }

    @Test
    @Tag("G44")
    void objectIdleForLongIsValidatedBeforeItIsLent() throws InterruptedException {
        Pool<Resource> pool = open(validating(1));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(PAST_GRACE);
        assertSame(lease.resource(), take(pool).get());
        assertEquals(1, validations.calls());
    }

    @Test
    @Tag("G44")
    void graceIsASettingOfThePool() throws InterruptedException {
        Pool<Resource> pool = open(validating(1).validateAfterIdle(Duration.ofMinutes(1)));
        take(pool).close();
        ticker.advance(Duration.ofSeconds(59));
        take(pool).close();
        assertEquals(0, validations.calls());
        ticker.advance(Duration.ofSeconds(61));
        take(pool);
        assertEquals(1, validations.calls());
    }

    @Test
    @Tag("G44")
    void failedValidationTriesTheNextObject() throws InterruptedException {
        Pool<Resource> pool = open(validating(2));
        CheckedLease bad = take(pool);
        CheckedLease good = take(pool);
        bad.resource().breakDown();
        bad.close();
        good.close();
        ticker.advance(PAST_GRACE);
        assertSame(good.resource(), take(pool).get());
        await(pool, () -> bad.resource().destructions() == 1);
    }

    @Test
    @Tag("G44")
    void whenAllAreBadANewObjectIsMade() throws InterruptedException {
        for (int size : List.of(2, 8)) {
            Pool<Resource> pool = open(validating(size));
            List<CheckedLease> leases = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                leases.add(take(pool));
            }
            int newest = leases.get(size - 1).resource().number();
            leases.forEach(lease -> lease.resource().breakDown());
            leases.forEach(CheckedLease::close);
            ticker.advance(PAST_GRACE);
            assertTrue(take(pool).get().number() > newest);
        }
    }

    @Test
    @Tag("G44")
    void borrowerIsNotTheOneWhoValidates() throws InterruptedException {
        AtomicReference<Thread> validator = new AtomicReference<>();
        Pool<Resource> pool = open(config(1).validator(resource -> {
            validator.set(Thread.currentThread());
            return true;
        }));
        take(pool).close();
        ticker.advance(PAST_GRACE);
        assertEquals(Optional.empty(), pool.tryAcquire());
        awaitIdle(pool, 1);
        pool.tryAcquire().orElseThrow().close();
        assertNotSame(Thread.currentThread(), validator.get());
    }

    @Test
    @Tag("G46")
    void validatorThatThrowsFindsTheObjectBad() throws InterruptedException {
        Pool<Resource> pool = open(validating(1));
        for (Step failure : List.of(Step.fail(new IOException("reset")), Step.fail(new StackOverflowError()))) {
            CheckedLease lease = take(pool);
            lease.close();
            ticker.advance(PAST_GRACE);
            validations.next(failure);
            CheckedLease next = take(pool);
            assertNotSame(lease.resource(), next.get());
            next.close();
        }
        assertEquals(2, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G46")
    void hungValidationCondemnsTheObjectAtItsTimeout() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(validating(1).validationTimeout(Duration.ofSeconds(3)));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(PAST_GRACE);
        validations.next(Step.hang(gate));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        ticker.advance(Duration.ofSeconds(3));
        assertNotSame(lease.resource(), waiter.lease().get());
        assertEquals(1, pool.stats().abandoned());
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G44")
    void hungValidationOfOneObjectDoesNotKeepTheOthersFromBeingLent() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(validating(2));
        CheckedLease stale = take(pool);
        CheckedLease busy = take(pool);
        stale.close();
        ticker.advance(PAST_GRACE);
        validations.next(Step.hang(gate));
        Borrower waiter = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        busy.close();
        assertSame(busy.resource(), waiter.lease().get());
    }

    @Test
    @Tag("G62")
    void validatedObjectGoesToWhoeverIsInTimeThen() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(validating(1));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(PAST_GRACE);
        validations.next(Step.pass(gate));
        Borrower late = waiting(pool, PAST_GRACE);
        awaitArrivals(gate, 1);
        Borrower next = waiting(pool, LONG);
        ticker.advance(PAST_GRACE);
        gate.open();
        late.failure(AcquireTimeoutException.class);
        assertSame(lease.resource(), next.lease().get());
        assertEquals(1, validations.calls());
    }

    @Test
    @Tag("G46")
    void badObjectIsDestroyedOnReleaseWhereThatIsAskedFor() throws InterruptedException {
        Pool<Resource> pool = open(validating(1).validateOnRelease(true));
        CheckedLease good = take(pool);
        good.close();
        CheckedLease bad = take(pool);
        assertSame(good.resource(), bad.get());
        bad.resource().breakDown();
        bad.close();
        awaitQuiet(pool);
        assertEquals(1, bad.resource().destructions());

        CheckedLease unlucky = take(pool);
        validations.next(Step.fail(new StackOverflowError()));
        unlucky.close();
        awaitQuiet(pool);
        assertEquals(1, unlucky.resource().destructions());
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G46")
    void newObjectThatIsBadIsNeverLent() throws InterruptedException {
        Pool<Resource> pool = open(validating(1).validateAfterCreate(true));
        validations.next(Step.refuse()).next(Step.fail(new IOException("reset")));
        Borrower waiter = waiting(pool, LONG);
        for (int i = 1; i <= 2; i++) {
            int destroyed = i;
            await(pool, () -> pool.stats().destroyed() == destroyed);
            ticker.advance(pool.config().retryDelay().multipliedBy(destroyed));
        }
        assertEquals(3, waiter.lease().get().number());
        assertEquals(2, pool.stats().destroyed());
    }

    @Test
    @Tag("G46")
    void idleObjectsAreValidatedEveryNowAndThen() throws InterruptedException {
        Pool<Resource> pool = open(validating(2).validateEvery(Duration.ofSeconds(30)));
        CheckedLease bad = take(pool);
        CheckedLease good = take(pool);
        bad.close();
        good.close();
        bad.resource().breakDown();
        ticker.advance(Duration.ofSeconds(30));
        await(
                pool,
                () -> validations.calls() == 2
                        && pool.stats().destroyed() == 1
                        && pool.stats().idle() == 1);
        assertEquals(1, bad.resource().destructions());

        validations.next(Step.fail(new StackOverflowError()));
        ticker.advance(Duration.ofSeconds(30));
        await(pool, () -> pool.stats().total() == 0);
        assertEquals(1, good.resource().destructions());
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G45")
    void whatIsSuspectIsValidatedBeforeItIsLentNext() throws InterruptedException {
        Pool<Resource> pool = open(validating(3));
        CheckedLease bad = take(pool);
        CheckedLease good = take(pool);
        CheckedLease lent = take(pool);
        bad.close();
        good.close();
        bad.resource().breakDown();
        pool.control().suspectIdle();
        ticker.advance(Duration.ofMillis(1));
        lent.close(); // it wasn't idle
        assertEquals(0, validations.calls());

        List<CheckedLease> leases = List.of(take(pool), take(pool), take(pool));
        await(pool, () -> bad.resource().destructions() == 1);
        assertTrue(leases.stream().allMatch(lease -> lease.resource().isSound()));
        assertEquals(2, validations.calls());

        leases.forEach(CheckedLease::close); // and proved since
        take(pool).close();
        assertEquals(2, validations.calls());
    }

    @Test
    @Tag("G45")
    void suspicionTwiceInOneInstantEndsByAValidation() throws InterruptedException {
        Pool<Resource> pool = open(validating(1));
        CheckedLease lease = take(pool);
        lease.close();
        pool.control().suspectIdle();
        pool.control().suspectIdle();
        assertSame(lease.resource(), take(pool).get());
        assertEquals(1, validations.calls());
    }

    @Test
    @Tag("G45")
    void suspicionDoesNothingWhereThereIsNobodyToAskOrNothingLeft() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        lease.close();
        pool.control().suspectIdle();
        CheckedLease again = take(pool);
        assertSame(lease.resource(), again.get());
        again.close();
        var unused = pool.control().shutdown(Duration.ZERO);
        pool.control().suspectIdle();
    }
}
