package io.dewpond.testkit;

import io.dewpond.Pool;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks after every test what must be true of every pool, whatever the test was about.
 *
 * <p>As a JUnit extension it looks at all that it was told to {@linkplain #watch(Pool) watch} when the test is over:
 *
 * <ul>
 *   <li>no more places are taken than the maximum, unless all of the surplus is in use;
 *   <li>nobody waits while something is idle, unless the pool is suspended;
 *   <li>{@code created = destroyed + detached + alive};
 *   <li>nobody broke the rules of a {@link ScriptedFactory};
 *   <li>after a shutdown, which it orders itself if the test didn't, no object is left and no thread of the pool.
 * </ul>
 *
 * <p>The test must have ended its leases and opened its gates by then, for example in a method of its own that runs
 * after each test. Without JUnit, call {@link #begin()}, then watch, then {@link #check()}.
 *
 * <p>An instance serves one test at a time and is to be used by one thread.
 */
public final class InvariantChecker implements BeforeEachCallback, AfterEachCallback {
    private final String threadPrefix;
    private final Duration patience;
    private final List<Pool<?>> pools = new ArrayList<>();
    private final List<ScriptedFactory> factories = new ArrayList<>();
    private Set<Thread> threadsBefore = Set.of();

    /**
     * Makes a checker that waits up to 10 s for what must come true.
     *
     * @param threadPrefix how the names of the pool's threads begin
     * @throws NullPointerException if {@code threadPrefix} is null
     */
    public InvariantChecker(String threadPrefix) {
        this(threadPrefix, Duration.ofSeconds(10));
    }

    /**
     * Makes a checker.
     *
     * @param threadPrefix how the names of the pool's threads begin
     * @param patience how long to wait for what must come true
     * @throws NullPointerException if an argument is null
     */
    public InvariantChecker(String threadPrefix, Duration patience) {
        this.threadPrefix = Objects.requireNonNull(threadPrefix, "threadPrefix");
        this.patience = Objects.requireNonNull(patience, "patience");
    }

    /**
     * Has a pool checked when the test is over.
     *
     * @param pool the pool
     * @param <P> its type
     * @return the pool
     */
    public <P extends Pool<?>> P watch(P pool) {
        pools.add(Objects.requireNonNull(pool, "pool"));
        return pool;
    }

    /**
     * Has a factory's books checked when the test is over.
     *
     * @param factory the factory
     * @return the factory
     */
    public ScriptedFactory watch(ScriptedFactory factory) {
        factories.add(Objects.requireNonNull(factory, "factory"));
        return factory;
    }

    /** Begins a test: forgets what was watched, and takes note of the threads that were there before. */
    public void begin() {
        pools.clear();
        factories.clear();
        threadsBefore = threads();
    }

    /**
     * Checks all that is watched, then shuts the pools down and checks that nothing is left of them.
     *
     * @throws AssertionError if something is wrong
     */
    public void check() {
        checkInvariants();
        checkNothingLeft();
    }

    /**
     * Checks the invariants of the watched pools and factories, and leaves the pools open. Nothing must be going on in
     * them but what ends by itself.
     *
     * @throws AssertionError if an invariant is broken
     */
    public void checkInvariants() {
        for (Pool<?> pool : pools) {
            Eventually.holds(patience, () -> isQuiet(pool.stats()), () -> "out of balance: " + pool.stats());
        }
        for (ScriptedFactory factory : factories) {
            List<String> violations = factory.violations();
            if (!violations.isEmpty()) {
                throw new AssertionError("rules were broken: " + violations);
            }
        }
    }

    /**
     * Shuts the watched pools down, which changes nothing if the test has done that, and checks that every object is
     * destroyed and every thread of the pools has ended.
     *
     * @throws AssertionError if something is left
     */
    public void checkNothingLeft() {
        for (Pool<?> pool : pools) {
            CompletableFuture<Void> end = pool.control().shutdown(Duration.ZERO);
            Eventually.holds(patience, end::isDone, () -> "a shutdown doesn't end: " + pool.stats());
            Eventually.holds(patience, () -> isEmpty(pool.stats()), () -> "something is left: " + pool.stats());
        }
        for (ScriptedFactory factory : factories) {
            Eventually.holds(patience, () -> factory.alive().isEmpty(), () -> "alive: " + factory.alive());
        }
        Eventually.holds(patience, () -> threadsLeft().isEmpty(), () -> "threads are left: " + threadsLeft());
    }

    /** Shuts the watched pools down and checks nothing: for a test that has failed already. */
    public void abandon() {
        for (Pool<?> pool : pools) {
            CompletableFuture<Void> unused = pool.control().shutdown(Duration.ZERO);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            check();
        } else {
            abandon();
        }
    }

    private static boolean isQuiet(PoolStats stats) {
        int alive = stats.idle() + stats.leased() + stats.inMaintenance();
        if (stats.created() != stats.destroyed() + stats.detached() + alive) {
            throw new AssertionError("created is not destroyed + detached + alive: " + stats);
        }
        boolean surplusIsInUse = stats.total() <= stats.maxSize() || stats.idle() == 0;
        return surplusIsInUse && (stats.waiting() == 0 || stats.idle() == 0 || stats.suspended());
    }

    private static boolean isEmpty(PoolStats stats) {
        return stats.total() == 0 && stats.waiting() == 0 && stats.created() == stats.destroyed() + stats.detached();
    }

    private Set<Thread> threadsLeft() {
        Set<Thread> left = threads();
        left.removeAll(threadsBefore);
        return left;
    }

    private Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(threadPrefix))
                .collect(Collectors.toSet());
    }
}
