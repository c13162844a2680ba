package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the clauses of the {@link PoolContract} share: a pool under test, its factory, its time and its borrowers. */
@Timeout(120)
abstract class Clause {
    /** A wait that only an advance of the ticker ends. */
    static final Duration LONG = Duration.ofHours(1);
    /** How long the tests watch that something doesn't happen. */
    static final Duration MOMENT = Duration.ofMillis(30);

    final ManualTicker ticker = new ManualTicker();
    final ScriptedFactory factory = new ScriptedFactory();

    @RegisterExtension
    final InvariantChecker checker;

    private final PoolContract contract;
    private final List<Borrower> borrowers = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();

    Clause(PoolContract contract) {
        this.contract = contract;
        this.checker = new InvariantChecker(contract.threadPrefix(), contract.patience());
    }

    @AfterEach
    void openGatesAndEndLeases() throws InterruptedException {
        gates.forEach(Gate::open);
        for (Borrower borrower : borrowers) {
            borrower.finish();
        }
    }

    /** A configuration over the scripted factory and the hand-moved ticker. */
    PoolConfig<Resource> config(int maxSize) {
        return PoolConfig.of(factory).name("contract").ticker(ticker).maxSize(maxSize);
    }

    Pool<Resource> open(PoolConfig<Resource> config) {
        checker.watch(factory);
        return checker.watch(contract.open(config));
    }

    /** Opens a pool that the test itself must close, and nobody else will have seen. */
    Pool<Resource> openUnwatched(PoolConfig<Resource> config) {
        return contract.open(config);
    }

    Pool<Resource> open(int maxSize) {
        return open(config(maxSize));
    }

    /** Acquires now; fails if nothing is lent within the patience, whatever the ticker says. */
    CheckedLease take(Pool<Resource> pool) throws InterruptedException {
        return borrow(pool, LONG).lease();
    }

    /** Has a thread acquire. */
    Borrower borrow(Pool<Resource> pool, Duration timeout) {
        return started(pool, timeout, false);
    }

    /** Has a thread acquire whose interrupt flag is set. */
    Borrower borrowInterrupted(Pool<Resource> pool, Duration timeout) {
        return started(pool, timeout, true);
    }

    private Borrower started(Pool<Resource> pool, Duration timeout, boolean interrupted) {
        String name = "borrower-" + (borrowers.size() + 1);
        Borrower borrower = new Borrower(pool, timeout, contract.patience(), name, interrupted);
        borrowers.add(borrower);
        return borrower;
    }

    /** Has a thread acquire, and returns when it waits. */
    Borrower waiting(Pool<Resource> pool, Duration timeout) {
        int before = pool.stats().waiting();
        Borrower borrower = borrow(pool, timeout);
        await(pool, () -> pool.stats().waiting() > before);
        return borrower;
    }

    /** Makes a gate that is opened at the end of the test at the latest. */
    Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    void awaitArrivals(Gate gate, int threads) throws InterruptedException {
        gate.awaitArrivals(threads, patience());
    }

    /** Waits until the condition holds. */
    void await(Pool<?> pool, BooleanSupplier condition) {
        Eventually.holds(patience(), condition, () -> "" + pool.stats());
    }

    /** Waits until nothing is going on in the pool. */
    void awaitQuiet(Pool<?> pool) {
        await(pool, () -> pool.stats().creating() == 0 && pool.stats().inMaintenance() == 0);
    }

    /** Waits until that many objects are idle and nothing else is going on. */
    void awaitIdle(Pool<?> pool, int idle) {
        await(
                pool,
                () -> pool.stats().idle() == idle
                        && pool.stats().total() - pool.stats().leased() == idle);
    }

    /** Sees that the condition holds for a moment: a bug may slip through, but no good pool fails. */
    void keeps(Pool<?> pool, BooleanSupplier condition) {
        Eventually.keepsHolding(MOMENT, condition, () -> "" + pool.stats());
    }

    static void assertSays(Throwable failure, String... parts) {
        String message = String.valueOf(failure.getMessage());
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' is not in: " + message);
        }
    }

    /** A pool may read a coarse clock where nobody needs a precise one. */
    static void assertSeconds(long seconds, Duration time) {
        assertTrue(Math.abs(time.toSeconds() - seconds) <= 1, () -> time + " is not " + seconds + " s");
    }

    Duration patience() {
        return contract.patience();
    }
}
