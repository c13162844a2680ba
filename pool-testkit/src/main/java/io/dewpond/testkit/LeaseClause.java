package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.Pool;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lease ends once, and a used-up lease refuses. */
abstract class LeaseClause extends Clause {
    private static final int RACES = 100;
    private static final List<Consumer<Lease<Resource>>> ENDINGS =
            List.of(Lease::close, lease -> lease.invalidate(null), Lease::detach);

    LeaseClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G13")
    void secondCloseDoesNothing() throws InterruptedException {
        Pool<Resource> pool = open(2);
        CheckedLease lease = take(pool);
        lease.close();
        lease.close();
        assertEquals(1, pool.stats().idle());
        take(pool);
        take(pool);
        assertEquals(Optional.empty(), pool.tryAcquire());
    }

    @Test
    @Tag("G13")
    void closeAfterTheObjectWasLentAgainDoesNothing() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease old = take(pool);
        old.close();
        CheckedLease current = take(pool);
        assertSame(old.resource(), current.get());
        old.close();
        assertEquals(Optional.empty(), pool.tryAcquire());
        assertSame(old.resource(), current.get());
        assertEquals(1, pool.stats().leased());
    }

    @Test
    @Tag("G13")
    void ofTwoThreadsThatCloseAtOnceOneCounts() throws Exception {
        Pool<Resource> pool = open(2);
        for (int i = 0; i < RACES; i++) {
            CheckedLease lease = take(pool);
            Race.between(Race.run(lease::close), Race.run(lease::close));
            assertEquals(1, pool.stats().idle());
            assertEquals(0, pool.stats().leased());
        }
        assertEquals(1, factory.made().size());
    }

    @Test
    @Tag("G13")
    void ofACloseAndAnInvalidateAtOnceOneCounts() throws Exception {
        Pool<Resource> pool = open(1);
        for (int i = 0; i < RACES; i++) {
            CheckedLease lease = take(pool);
            AtomicBoolean invalidated = new AtomicBoolean(true);
            Race.between(Race.run(lease::close), () -> {
                try {
                    lease.invalidate(null);
                } catch (IllegalStateException closedFirst) {
                    invalidated.set(false);
                }
                return invalidated;
            });
            awaitQuiet(pool);
            assertEquals(invalidated.get() ? 0 : 1, pool.stats().idle());
            assertEquals(invalidated.get() ? 1 : 0, lease.resource().destructions());
        }
    }

    @Test
    @Tag("G14")
    void endedLeaseRefuses() throws InterruptedException {
        Pool<Resource> pool = open(1);
        for (Consumer<Lease<Resource>> ending : ENDINGS) {
            CheckedLease lease = take(pool);
            ending.accept(lease);
            assertThrows(IllegalStateException.class, lease::get);
            assertThrows(IllegalStateException.class, () -> lease.invalidate(null));
            assertThrows(IllegalStateException.class, lease::detach);
            lease.close();
            factory.forget(lease.resource());
            awaitQuiet(pool);
        }
        assertEquals(1, pool.stats().detached());
    }

    @Test
    @Tag("G14")
    void endedLeaseRefusesWhileTheObjectIsLentAgain() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease old = take(pool);
        old.close();
        CheckedLease current = take(pool);
        assertThrows(IllegalStateException.class, old::get);
        assertThrows(IllegalStateException.class, () -> old.invalidate(null));
        assertThrows(IllegalStateException.class, old::detach);
        assertTrue(current.get().isSound());
    }

    @Test
    @Tag("G30")
    void detachHandsTheObjectOverForGood() throws InterruptedException {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        Borrower waiter = waiting(pool, LONG);
        Resource mine = lease.detach();
        assertNotSame(mine, waiter.lease().get());
        assertEquals(1, pool.stats().detached());
        waiter.finish();
        pool.control().evictIdle();
        pool.close();
        assertTrue(mine.isSound());
        assertEquals(0, mine.destructions());
        factory.forget(mine);
    }

    @Test
    @Tag("G13")
    void leaseMayBeEndedByAnotherThread() throws Exception {
        Pool<Resource> pool = open(1);
        CheckedLease lease = take(pool);
        Race.between(Race.run(lease::close));
        assertEquals(1, pool.stats().idle());
        assertSame(lease.resource(), take(pool).get());
    }
}
