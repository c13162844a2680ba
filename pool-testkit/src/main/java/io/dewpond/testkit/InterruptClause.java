package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An interrupt ends the wait, never loses an object, and is never swallowed. */
abstract class InterruptClause extends Clause {
    private static final int RACES = 100;

    InterruptClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G9")
    void interruptSetBeforeWithAnObjectIdle() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        lease.close();
        for (Duration timeout : List.of(LONG, Duration.ZERO)) {
            Borrower borrower = borrowInterrupted(pool, timeout);
            borrower.failure(InterruptedException.class);
            assertFalse(borrower.flagLeft(), "the flag is cleared by the exception");
        }
        assertEquals(1, pool.stats().idle());
        assertSame(lease.resource(), take(pool).get());
    }

    @Test
    @Tag("G9")
    void interruptSetBeforeWithNothingIdle() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        Borrower borrower = borrowInterrupted(pool, LONG);
        borrower.failure(InterruptedException.class);
        assertFalse(borrower.flagLeft());
        assertEquals(0, pool.stats().waiting());
        held.close();
        assertSame(held.resource(), take(pool).get());
    }

    @Test
    @Tag("G9")
    void interruptWhileWaiting() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        Borrower first = waiting(pool, LONG);
        Borrower second = waiting(pool, LONG);
        first.interrupt();
        first.failure(InterruptedException.class);
        assertFalse(first.flagLeft());
        assertEquals(1, pool.stats().waiting());
        held.close();
        assertSame(held.resource(), second.lease().get());
    }

    @Test
    @Tag("G9")
    void interruptWhileTheCreatorWorksDoesNotDisturbTheCreation() throws InterruptedException {
        Gate gate = gate();
        factory.creations().next(Step.pass(gate));
        Pool<Resource> pool = open(1);
        Borrower borrower = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        borrower.interrupt();
        borrower.failure(InterruptedException.class);
        assertFalse(borrower.flagLeft());
        gate.open();
        awaitIdle(pool, 1);
        take(pool);
        assertEquals(1, factory.creations().calls());
    }

    @Test
    @Tag("G9")
    void interruptWhileTheValidatorWorksDoesNotDisturbTheValidation() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool =
                open(config(1).validator(resource -> Step.pass(gate).take()));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(Duration.ofSeconds(1));
        Borrower borrower = waiting(pool, LONG);
        awaitArrivals(gate, 1);
        borrower.interrupt();
        borrower.failure(InterruptedException.class);
        gate.open();
        awaitIdle(pool, 1);
        assertSame(lease.resource(), take(pool).get());
    }

    @Test
    @Tag("G9")
    @Tag("G10")
    void interruptedWaiterGivesItsGrantBack() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease held = take(pool);
        for (int i = 0; i < RACES; i++) {
            CheckedLease current = held;
            Borrower first = waiting(pool, LONG);
            Borrower second = waiting(pool, LONG);
            Race.between(Race.run(first::interrupt), Race.run(current::close));
            await(pool, first::isDone);
            if (first.isServed()) {
                first.lease().close();
            } else {
                first.failure(InterruptedException.class);
                assertFalse(first.flagLeft());
            }
            held = second.lease();
        }
    }

    @Test
    @Tag("G9")
    void releaseInAnInterruptedThreadCountsAndKeepsTheFlag() throws InterruptedException {
        Pool<Resource> pool = open(config(1).resetter(resource -> {}));
        CheckedLease first = take(pool);
        Thread.currentThread().interrupt();
        first.close();
        assertTrue(Thread.interrupted());
        assertEquals(1, pool.stats().idle());

        CheckedLease second = take(pool);
        Thread.currentThread().interrupt();
        second.invalidate(null);
        assertTrue(Thread.interrupted());
        awaitQuiet(pool);
        assertEquals(1, second.resource().destructions());
    }

    @Test
    @Tag("G9")
    void resetterThatIsInterruptedLeavesTheFlagToTheBorrower() throws InterruptedException {
        Gate never = gate();
        Pool<Resource> pool = open(config(1).resetter(resource -> never.pass()));
        CheckedLease lease = take(pool);
        Thread.currentThread().interrupt();
        lease.close();
        assertTrue(Thread.interrupted());
        awaitQuiet(pool);
        assertEquals(1, lease.resource().destructions());
    }
}
