package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.LendingOrder;
import io.dewpond.Pool;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Idle objects are lent in the order that was asked for; and whatever the order, nobody waits while one is idle. */
@Tag("G39")
abstract class OrderClause extends Clause {
    OrderClause(PoolContract contract) {
        super(contract);
    }

    /** Has four objects made, numbered as they are, and released as given; returns in which order they are lent then. */
    private List<Integer> lentAfterReleasing(Pool<Resource> pool, int... releases) throws InterruptedException {
        List<CheckedLease> leases = new ArrayList<>(List.of(take(pool), take(pool), take(pool), take(pool)));
        for (int number : releases) {
            ticker.advance(Duration.ofSeconds(1)); // or a thread may get what it had last
            leases.stream().filter(lease -> lease.resource().number() == number).forEach(CheckedLease::close);
        }
        ticker.advance(Duration.ofSeconds(1));
        List<CheckedLease> again = List.of(take(pool), take(pool), take(pool), take(pool));
        again.forEach(CheckedLease::close);
        return again.stream().map(lease -> lease.resource().number()).toList();
    }

    @Test
    void lowestPlaceComesFirst() throws InterruptedException {
        Pool<Resource> pool = open(config(4).lendingOrder(LendingOrder.LOWEST));
        assertEquals(List.of(1, 2, 3, 4), lentAfterReleasing(pool, 3, 1, 4, 2));
    }

    @Test
    void lastReleasedComesFirst() throws InterruptedException {
        Pool<Resource> pool = open(config(4).lendingOrder(LendingOrder.LIFO));
        assertEquals(List.of(2, 4, 1, 3), lentAfterReleasing(pool, 3, 1, 4, 2));
    }

    @Test
    void longestIdleComesFirst() throws InterruptedException {
        Pool<Resource> pool = open(config(4).lendingOrder(LendingOrder.FIFO));
        assertEquals(List.of(3, 1, 4, 2), lentAfterReleasing(pool, 3, 1, 4, 2));
    }

    @Test
    void orderHoldsForEveryWayToAcquire() throws InterruptedException {
        Pool<Resource> pool = open(config(4).lendingOrder(LendingOrder.FIFO));
        lentAfterReleasing(pool, 4, 3, 2, 1); // and released in that order again
        List<Lease<Resource>> leases = List.of(
                pool.tryAcquire().orElseThrow(),
                pool.acquireAsync(Duration.ZERO).join(),
                pool.acquire(Duration.ZERO),
                pool.acquireAsync(LONG).join());
        assertEquals(
                List.of(4, 3, 2, 1),
                leases.stream().map(lease -> lease.get().number()).toList());
        leases.forEach(Lease::close);
    }

    @Test
    void orderHoldsBesideAPolicyAndAResetter() throws InterruptedException {
        Pool<Resource> pool = open(config(4)
                .lendingOrder(LendingOrder.LIFO)
                .evictionPolicy(EvictionPolicy.olderThan(Duration.ofHours(1)))
                .resetter(resource -> {}));
        assertEquals(List.of(2, 4, 1, 3), lentAfterReleasing(pool, 3, 1, 4, 2));
        ticker.advance(Duration.ofHours(1));
        assertEquals(5, take(pool).resource().number());
    }

    @Test
    void spareThatIsLentIsReplacedWhateverTheOrder() throws InterruptedException {
        for (LendingOrder order : LendingOrder.values()) {
            Pool<Resource> pool = open(config(4).minIdle(2).lendingOrder(order));
            awaitIdle(pool, 2);
            CheckedLease lease = take(pool);
            awaitIdle(pool, 2);
            lease.close();
        }
    }

    @Test
    void whatWasIdleForLongIsValidatedWhateverTheOrder() throws InterruptedException {
        for (LendingOrder order : LendingOrder.values()) {
            List<Integer> validated = new CopyOnWriteArrayList<>();
            Pool<Resource> pool =
                    open(config(1).lendingOrder(order).validator(resource -> validated.add(resource.number())));
            CheckedLease lease = take(pool);
            lease.close();
            ticker.advance(pool.config().validateAfterIdle());
            take(pool).close();
            assertEquals(List.of(lease.resource().number()), validated);
        }
    }

    @Test
    void leasesAreWatchedWhateverTheOrder() throws InterruptedException {
        for (LendingOrder order : LendingOrder.values()) {
            Pool<Resource> pool = open(config(1).lendingOrder(order).siteSampling(1));
            take(pool).close();
            CheckedLease lease = take(pool);
            assertFalse(pool.control().describe().holders().get(0).site().isEmpty());
            lease.close();
        }
    }

    @Test
    @Tag("G1")
    void whateverTheOrderThereIsAnIdleObjectForEachThread() throws Exception {
        for (LendingOrder order : LendingOrder.values()) {
            // As many objects as threads: nobody waits long, and no other has to be made.
            Pool<Resource> pool =
                    open(config(4).minIdle(4).ticker(Ticker.system()).lendingOrder(order));
            awaitIdle(pool, 4);
            pool.control().resize(0, 4);
            Callable<?> borrower = Race.run(() -> {
                for (int i = 0; i < 500; i++) {
                    acquire(pool).close();
                }
            });
            Race.between(Stream.generate(() -> borrower).limit(4).toArray(Callable<?>[]::new));
            assertEquals(4, pool.stats().created());
        }
    }

    private static Lease<Resource> acquire(Pool<Resource> pool) {
        try {
            return pool.acquire(LONG);
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    @Tag("G1")
    void crowdIsServedInAnyOrder() throws Exception {
        for (LendingOrder order : LendingOrder.values()) {
            Pool<Resource> pool = open(config(2).ticker(Ticker.system()).lendingOrder(order));
            List<Callable<?>> racers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int seed = i;
                racers.add(Race.run(() -> new Crowd(pool, seed).run(200)));
            }
            Race.between(racers.toArray(Callable<?>[]::new));
            assertEquals(800, pool.stats().acquired());
        }
    }
}
