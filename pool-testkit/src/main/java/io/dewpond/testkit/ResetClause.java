package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The next borrower gets a clean object, or another one. */
abstract class ResetClause extends Clause {
    private final Script resets = new Script();

    ResetClause(PoolContract contract) {
        super(contract);
    }

    private Pool<Resource> resetting() {
        return open(config(1).resetter(resource -> assertTrue(resets.run())));
    }

    @Test
    @Tag("G46")
    void objectIsResetInTheThreadThatReleasesItBeforeItIsLentAgain() throws InterruptedException {
        AtomicReference<Thread> resetter = new AtomicReference<>();
        List<Resource> reset = new CopyOnWriteArrayList<>();
        Pool<Resource> pool = open(config(1).resetter(resource -> {
            resource.enter();
            resetter.set(Thread.currentThread());
            reset.add(resource);
            resource.leave();
        }));
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        lease.close();
        assertSame(lease.resource(), waiter.lease().get());
        assertEquals(List.of(lease.resource()), reset);
        assertSame(Thread.currentThread(), resetter.get());
        lease.close();
        assertEquals(1, reset.size());
    }

    @Test
    @Tag("G46")
    void resetterThatThrowsHasTheObjectDestroyedAndCloseReturns() throws InterruptedException {
        Pool<Resource> pool = resetting();
        for (Step failure : List.of(Step.fail(new IOException("reset")), Step.fail(new StackOverflowError()))) {
            CheckedLease lease = take(pool);
            resets.next(failure);
            lease.close();
            CheckedLease next = take(pool);
            assertNotSame(lease.resource(), next.get());
            next.close();
        }
        assertEquals(2, pool.stats().callbackFailures());
        assertEquals(2, pool.stats().destroyed());
    }

    @Test
    @Tag("G46")
    void objectThatGoesIsNotReset() throws InterruptedException {
        Pool<Resource> pool = resetting();
        take(pool).invalidate(null);
        factory.forget(take(pool).detach());
        awaitQuiet(pool);
        assertEquals(0, resets.calls());
    }

    @Test
    @Tag("G46")
    void slowResetHoldsNobodyButItsThread() throws Exception {
        Gate gate = gate();
        resets.next(Step.pass(gate));
        Pool<Resource> pool = open(config(2).resetter(resource -> assertTrue(resets.run())));
        CheckedLease slow = take(pool);
        Thread closer = new Thread(slow::close, "closer");
        closer.start();
        awaitArrivals(gate, 1);
        assertEquals(1, pool.stats().inMaintenance());
        CheckedLease other = take(pool);
        assertNotSame(slow.resource(), other.get());
        other.close();
        gate.open();
        closer.join(patience().toMillis());
        assertEquals(2, pool.stats().idle());
    }
}
