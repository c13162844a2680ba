package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the clauses of the {@link KeyedPoolContract} share: a pool under test, its factory, its time and its borrowers. */
@Timeout(120)
abstract class KeyedClause {
    /** A wait that only an advance of the ticker ends. */
    static final Duration LONG = Duration.ofHours(1);

    static final Duration CREATE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(30);

    final ManualTicker ticker = new ManualTicker();
    final ScriptedKeyedFactory<String> factory = new ScriptedKeyedFactory<>();

    private final KeyedPoolContract contract;
    private final List<Borrower> borrowers = new ArrayList<>();
    private final List<Gate> gates = new ArrayList<>();
    private Set<Thread> threadsBefore = Set.of();

    @Nullable
    KeyedPool<String, Resource> opened;

    KeyedClause(KeyedPoolContract contract) {
        this.contract = contract;
    }

    @BeforeEach
    void lookAtThreads() {
        threadsBefore = threads();
    }

    @AfterEach
    void seeThatNothingIsLeft() throws InterruptedException {
        gates.forEach(Gate::open);
        for (Borrower borrower : borrowers) {
            borrower.finish();
        }
        KeyedPool<String, Resource> pool = opened;
        if (pool != null) {
            CompletableFuture<Void> end = pool.shutdown(Duration.ZERO);
            await(pool, end::isDone);
            await(pool, () -> pool.stats().total() == 0 && pool.keys().isEmpty());
            await(pool, () -> factory.taken() == 0);
            KeyedPoolStats stats = pool.stats();
            await(pool, () -> stats.created() == stats.destroyed() + stats.detached());
            Eventually.holds(patience(), () -> threadsLeft().isEmpty(), () -> "threads are left: " + threadsLeft());
        }
        assertEquals(List.of(), factory.violations());
    }

    private Set<Thread> threadsLeft() {
        Set<Thread> left = threads();
        left.removeAll(threadsBefore);
        return left;
    }

    private Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(contract.threadPrefix()))
                .collect(Collectors.toSet());
    }

    /** A configuration over the scripted factory and the hand-moved ticker. */
    KeyedPoolConfig<String, Resource> config(int maxTotal, int maxOfAKey) {
        return KeyedPoolConfig.of(factory)
                .name("keyed")
                .maxTotal(maxTotal)
                .perKey(key -> key.ticker(ticker).maxSize(maxOfAKey).createTimeout(CREATE_TIMEOUT));
    }

    KeyedPool<String, Resource> open(int maxTotal, int maxOfAKey) {
        return open(config(maxTotal, maxOfAKey));
    }

    KeyedPool<String, Resource> open(KeyedPoolConfig<String, Resource> config) {
        KeyedPool<String, Resource> pool = contract.open(config);
        opened = pool;
        return pool;
    }

    /** Acquires now; fails if nothing is lent within the patience, whatever the ticker says. */
    CheckedLease take(KeyedPool<String, Resource> pool, String key) throws InterruptedException {
        return borrow(pool, key, LONG).lease();
    }

    /** Has a thread acquire. */
    Borrower borrow(KeyedPool<String, Resource> pool, String key, Duration timeout) {
        Borrower borrower =
                new Borrower(() -> pool.acquire(key, timeout), patience(), "borrower-" + (borrowers.size() + 1), false);
        borrowers.add(borrower);
        return borrower;
    }

    /** Has a thread acquire, returns when it waits, and lets a millisecond pass. */
    Borrower waiting(KeyedPool<String, Resource> pool, String key) {
        return waiting(pool, key, LONG);
    }

    Borrower waiting(KeyedPool<String, Resource> pool, String key, Duration timeout) {
        int before = pool.stats().waiting();
        Borrower borrower = borrow(pool, key, timeout);
        await(pool, () -> pool.stats().waiting() > before);
        ticker.advance(Duration.ofMillis(1));
        return borrower;
    }

    /** Ends a lease, and lets a millisecond pass. */
    void close(CheckedLease lease) {
        lease.close();
        ticker.advance(Duration.ofMillis(1));
    }

    Gate gate() {
        Gate gate = new Gate();
        gates.add(gate);
        return gate;
    }

    void await(KeyedPool<String, ?> pool, BooleanSupplier condition) {
        Eventually.holds(patience(), condition, () -> pool.stats() + " of " + pool.keys());
    }

    void keeps(KeyedPool<String, ?> pool, BooleanSupplier condition) {
        Eventually.keepsHolding(MOMENT, condition, () -> pool.stats() + " of " + pool.keys());
    }

    Duration patience() {
        return contract.patience();
    }

    static boolean isAlive(CheckedLease lease) {
        return lease.resource().destructions() == 0;
    }
}
