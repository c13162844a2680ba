package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While an object is idle it is visited every now and then, and that is nobody's loss. */
abstract class IdleValidationClause extends Clause {
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofHours(1);

    private final Script validations = new Script();
    private final Map<Resource, Integer> visits = new ConcurrentHashMap<>();

    IdleValidationClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> visiting(int maxSize, int atOnce) {
        return config(maxSize)
                .maxConcurrentCreations(atOnce)
                .validateEvery(PERIOD)
                .validateAfterIdle(GRACE)
                .validator(resource -> {
                    visits.merge(resource, 1, Integer::sum);
                    return validations.run() && resource.isSound();
                });
    }

    private List<CheckedLease> takeAll(Pool<Resource> pool) throws InterruptedException {
        List<CheckedLease> leases = new ArrayList<>();
        while (leases.size() < pool.config().maxSize()) {
            leases.add(take(pool));
        }
        return leases;
    }

    @Test
    @Tag("G47")
    void eachIdleObjectIsVisitedOnceInAPeriod() throws InterruptedException {
        // What is still looked at when the time jumps must not count as something that hangs.
        Pool<Resource> pool = open(visiting(6, 2).validationTimeout(Duration.ofDays(1)));
        takeAll(pool).forEach(CheckedLease::close);
        for (int period = 1; period <= 3; period++) {
            int visited = period;
            ticker.advance(PERIOD.dividedBy(2));
            take(pool).close(); // the lowest is the busiest
            ticker.advance(PERIOD.dividedBy(2));
            await(pool, () -> validations.calls() >= 6 * visited);
            awaitIdle(pool, 6);
            take(pool).close();
            keeps(pool, () -> validations.calls() == 6 * visited);
            assertEquals(
                    factory.made().stream().collect(Collectors.toMap(made -> made, made -> visited)),
                    Map.copyOf(visits));
        }
    }

    @Test
    @Tag("G47")
    void severalAreVisitedAtOnceAndTheRestCanBeLentMeanwhile() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(visiting(6, 2));
        takeAll(pool).forEach(CheckedLease::close);
        validations.always(Step.pass(gate));
        ticker.advance(PERIOD);
        awaitArrivals(gate, 2);
        keeps(pool, () -> validations.running() == 2 && pool.stats().idle() == 4);
        List<Borrower> borrowers =
                Stream.generate(() -> borrow(pool, Duration.ZERO)).limit(4).toList();
        for (Borrower borrower : borrowers) {
            borrower.lease();
        }
        gate.open();
        awaitIdle(pool, 2);
        for (Borrower borrower : borrowers) {
            borrower.lease().close();
        }
        ticker.advance(pool.config().maintenanceInterval());
        await(pool, () -> validations.calls() >= 6);
        awaitIdle(pool, 6);
        keeps(pool, () -> validations.calls() == 6);
        assertEquals(6, visits.size(), () -> "visits: " + visits);
        assertEquals(2, validations.mostRunning());
    }

    @Test
    @Tag("G47")
    void visitThatHangsCostsOneObject() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(visiting(3, 1));
        takeAll(pool).forEach(CheckedLease::close);
        validations.next(Step.hang(gate));
        ticker.advance(PERIOD);
        awaitArrivals(gate, 1);
        ticker.advance(pool.config().maintenanceInterval()); // the others are found due once more
        keeps(pool, () -> validations.calls() == 1);
        ticker.advance(pool.config().validationTimeout());
        await(pool, () -> validations.calls() >= 3 && pool.stats().destroyed() == 1);
        awaitIdle(pool, 2);
        keeps(pool, () -> validations.calls() == 3);
        assertEquals(3, visits.size(), () -> "visits: " + visits);
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G47")
    @Tag("G44")
    void visitThatHangsKeepsNoBorrowerFromAnotherObjectsValidation() throws InterruptedException {
        Duration grace = Duration.ofMillis(500);
        Gate gate = gate();
        Pool<Resource> pool = open(visiting(2, 1).validateAfterIdle(grace));
        List<CheckedLease> leases = takeAll(pool);
        leases.get(0).close();
        validations.next(Step.hang(gate));
        ticker.advance(PERIOD);
        awaitArrivals(gate, 1);
        leases.get(1).close();
        ticker.advance(grace);
        assertSame(leases.get(1).resource(), take(pool).get());
        assertEquals(2, visits.size(), () -> "visits: " + visits);
    }
}
