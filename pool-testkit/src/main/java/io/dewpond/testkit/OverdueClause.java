package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who holds an object for too long is told of: once while that lasts, and once when it ends. */
abstract class OverdueClause extends Clause {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration NANO = Duration.ofNanos(1);

    private final Recorder recorder = new Recorder();

    OverdueClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> watchful(int maxSize) {
        return config(maxSize).listener(recorder).overdueAfter(LIMIT);
    }

    @Test
    @Tag("G58")
    void overdueLeaseIsToldOnceAndOnceWhenItEnds() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(watchful(1));
        hold(pool, gate, Lease::close);
        ticker.advance(LIMIT.minus(NANO));
        keeps(pool, () -> told().isEmpty());
        ticker.advance(NANO);
        await(pool, () -> told().equals(List.of("lease of sleeper overdue")));
        for (int i = 0; i < 3; i++) {
            ticker.advance(LIMIT);
            keeps(pool, () -> told().size() == 1);
        }
        gate.open();
        awaitIdle(pool, 1);
        ticker.advance(pool.config().maintenanceInterval());
        await(pool, () -> told().equals(List.of("lease of sleeper overdue", "overdue lease of sleeper ended")));
        ticker.advance(LIMIT);
        keeps(pool, () -> told().size() == 2);
        assertSeconds(20, recorder.holders().get(0).held());
        assertSeconds(81, recorder.holders().get(1).held());
    }

    @Test
    @Tag("G58")
    void reportShowsWhatTheHolderIsDoingAndWhereItAcquired() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(watchful(1).siteSampling(1));
        hold(pool, gate, Lease::close);
        ticker.advance(LIMIT);
        await(pool, () -> recorder.stacks().size() == 1);
        assertCalls(recorder.stacks().get(0), "passUninterruptibly");
        assertCalls(recorder.holders().get(0).site(), "acquireAndHold");
    }

    @Test
    @Tag("G58")
    void siteOfABorrowerThatWaitedIsItsOwn() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(watchful(1).siteSampling(1));
        CheckedLease held = take(pool);
        Thread sleeper = sleeper(pool, gate, Lease::close);
        await(pool, () -> pool.stats().waiting() == 1);
        held.close();
        awaitArrivals(gate, 1);
        ticker.advance(LIMIT);
        await(pool, () -> recorder.holders().size() == 1);
        LeaseHolder holder = recorder.holders().get(0);
        assertEquals(sleeper.getName(), holder.thread());
        assertCalls(holder.site(), "acquireAndHold");
    }

    @Test
    @Tag("G58")
    void everyEndOfAnOverdueLeaseIsTold() throws InterruptedException {
        List<Consumer<Lease<Resource>>> ends =
                List.of(Lease::close, lease -> lease.invalidate(null), lease -> factory.forget(lease.detach()));
        Pool<Resource> pool = open(watchful(1));
        for (int i = 1; i <= ends.size(); i++) {
            int number = i;
            Gate gate = gate();
            hold(pool, gate, ends.get(i - 1));
            ticker.advance(LIMIT);
            await(pool, () -> told().size() == 2 * number - 1);
            gate.open();
            await(pool, () -> pool.stats().leased() == 0);
            ticker.advance(pool.config().maintenanceInterval());
            await(pool, () -> told().size() == 2 * number);
            assertEquals("overdue lease of sleeper ended", told().get(2 * number - 1));
        }
    }

    @Test
    @Tag("G58")
    void leaseThatIsAbortedAtTheShutdownIsToldToHaveEnded() throws InterruptedException {
        Gate gate = gate();
        Pool<Resource> pool = open(watchful(1).abortAtShutdown(resource -> gate.open()));
        hold(pool, gate, Lease::close);
        ticker.advance(LIMIT);
        await(pool, () -> told().size() == 1);
        var unused = pool.control().shutdown(Duration.ZERO);
        await(pool, () -> told().equals(List.of("lease of sleeper overdue", "overdue lease of sleeper ended")));
    }

    @Test
    @Tag("G58")
    void timeOfOneLeaseIsNotThatOfTheNext() throws InterruptedException {
        Pool<Resource> pool = open(watchful(1));
        for (int i = 0; i < 3; i++) {
            CheckedLease lease = take(pool);
            ticker.advance(LIMIT.minus(NANO));
            keeps(pool, () -> told().isEmpty());
            lease.close();
        }
        CheckedLease last = take(pool);
        ticker.advance(LIMIT);
        await(pool, () -> told().size() == 1);
        last.close();
    }

    @Test
    @Tag("G58")
    void eachOverdueLeaseIsTold() throws InterruptedException {
        Pool<Resource> pool = open(watchful(3));
        CheckedLease first = take(pool);
        ticker.advance(LIMIT.dividedBy(2));
        CheckedLease second = take(pool);
        ticker.advance(LIMIT.dividedBy(2));
        await(pool, () -> told().equals(List.of("lease of borrower-1 overdue")));
        CheckedLease third = take(pool);
        ticker.advance(LIMIT.dividedBy(2));
        await(pool, () -> told().size() == 2);
        assertEquals("lease of borrower-2 overdue", told().get(1));
        ticker.advance(LIMIT.dividedBy(2));
        await(pool, () -> told().size() == 3);
        first.close();
        second.close();
        third.close();
        ticker.advance(pool.config().maintenanceInterval());
        await(pool, () -> told().size() == 6);
    }

    @Test
    @Tag("G58")
    void nothingIsOverdueUnlessAskedFor() throws InterruptedException {
        Pool<Resource> pool = open(config(1).listener(recorder));
        CheckedLease held = take(pool);
        ticker.advance(Duration.ofDays(1));
        keeps(pool, () -> told().isEmpty());
        held.close();
    }

    /** What was told of leases. */
    private List<String> told() {
        return recorder.events().stream()
                .filter(event -> event.contains("lease"))
                .toList();
    }

    /** Has a thread acquire and wait at a gate before it ends its lease; returns when it waits. */
    private void hold(Pool<Resource> pool, Gate gate, Consumer<Lease<Resource>> end) throws InterruptedException {
        sleeper(pool, gate, end);
        awaitArrivals(gate, 1);
    }

    private static Thread sleeper(Pool<Resource> pool, Gate gate, Consumer<Lease<Resource>> end) {
        Thread sleeper = new Thread(() -> acquireAndHold(pool, gate, end), "sleeper");
        sleeper.setDaemon(true);
        sleeper.start();
        return sleeper;
    }

    private static void acquireAndHold(Pool<Resource> pool, Gate gate, Consumer<Lease<Resource>> end) {
        try {
            Lease<Resource> lease = pool.acquire(LONG);
            gate.passUninterruptibly();
            end.accept(lease);
        } catch (InterruptedException | IllegalStateException endedByThePool) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertCalls(List<StackTraceElement> stack, String method) {
        assertTrue(stack.stream().anyMatch(call -> call.getMethodName().equals(method)), stack::toString);
    }
}
