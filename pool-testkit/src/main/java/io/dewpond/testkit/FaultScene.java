package io.dewpond.testkit;

import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A pool with scripted callbacks, whoever has entered it, and its time. */
final class FaultScene {
    static final int MAX_SIZE = 6;
    static final int MIN_IDLE = 1;
    /** How often the pool is maintained. */
    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** How long leases may last that a shutdown lets end in peace. */
    static final Duration DRAIN = Duration.ofSeconds(30);

    private static final Duration LIMIT = Duration.ofSeconds(3);
    /** One step of the time, with which every limit passes. */
    private static final Duration STRIDE = LIMIT.plusSeconds(1);
    /** Real time that the pool is left before the ticker's passes, at first and at most. */
    private static final long LOOK_NANOS = 1_000_000;

    private static final long MOST_NANOS = 100_000_000;

    final ManualTicker ticker = new ManualTicker();
    final ScriptedFactory factory;
    final Pool<Resource> pool;
    final List<Call> calls = new ArrayList<>();

    private final boolean aborts;
    private final Duration patience;
    private final List<CompletableFuture<Void>> ends = new CopyOnWriteArrayList<>();

    FaultScene(PoolUnderTest contract, Callbacks callbacks, InvariantChecker checker) {
        factory = checker.watch(new ScriptedFactory());
        patience = contract.patience();
        aborts = callbacks.abort();
        pool = checker.watch(contract.open(callbacks
                .of(factory)
                .name("faulty")
                .ticker(ticker)
                .maxSize(MAX_SIZE)
                .minIdle(MIN_IDLE)
                .createTimeout(LIMIT)
                .validationTimeout(LIMIT)
                .destroyTimeout(LIMIT)
                .maintenanceInterval(INTERVAL)
                .retryDelay(Duration.ofMillis(100))
                .maxRetryDelay(Duration.ofSeconds(1))));
    }

    // Who enters

    /** Has a thread, not started yet, enter the pool once; only a release and an invalidation need a lease. */
    Call call(String name, Entry entry, Duration timeout, @Nullable Lease<Resource> lease) {
        Call call = new Call(name, entry, timeout, () -> enter(entry, timeout, lease));
        calls.add(call);
        return call;
    }

    private CompletableFuture<Optional<Lease<Resource>>> enter(
            Entry entry, Duration timeout, @Nullable Lease<Resource> lease) throws InterruptedException {
        switch (entry) {
            case ACQUIRE -> {
                return lent(Optional.of(pool.acquire(timeout)));
            }
            case TRY_ACQUIRE -> {
                return lent(pool.tryAcquire());
            }
            case ACQUIRE_ASYNC -> {
                return pool.acquireAsync(timeout).thenApply(acquired -> Optional.of(checked(acquired)));
            }
            case RELEASE -> close(lease);
            case INVALIDATE -> invalidate(lease);
            case MAINTAIN -> ticker.advance(INTERVAL);
            case RESIZE -> {
                pool.control().resize(0, 1);
                pool.control().resize(MIN_IDLE, MAX_SIZE);
            }
            case REFRESH -> ends.add(pool.control().refresh());
            case EVICT_IDLE -> pool.control().evictIdle();
            case SHUT_DOWN -> ends.add(pool.control().shutdown(aborts ? Duration.ZERO : DRAIN));
        }
        return lent(Optional.empty());
    }

    private static void close(@Nullable Lease<Resource> lease) {
        if (lease != null) {
            lease.close();
        }
    }

    private static void invalidate(@Nullable Lease<Resource> lease) {
        if (lease != null) {
            lease.invalidate(null);
        }
    }

    private CompletableFuture<Optional<Lease<Resource>>> lent(Optional<Lease<Resource>> lease) {
        return CompletableFuture.completedFuture(lease.map(this::checked));
    }

    /** What is aborted is destroyed in its borrower's hands, and must not mind. */
    private Lease<Resource> checked(Lease<Resource> lease) {
        return aborts ? lease : new CheckedLease(lease);
    }

    /** Acquires what is there to be had. */
    Lease<Resource> take() {
        Call call = call("borrower", Entry.ACQUIRE, PoolConfig.LONGEST, null).start();
        comes("a lease", call::isDone);
        return call.lent().orElseThrow(() -> new AssertionError("nothing was lent", call.failure()));
    }

    /** Waits for the spares; a pool may have made one more than needed for a borrower that was served by another. */
    void settle() {
        comes("spares", () -> isAtRest() && pool.stats().idle() >= MIN_IDLE);
        if (pool.stats().idle() > MIN_IDLE) {
            pool.control().evictIdle();
            comes("no more spares", () -> isAtRest() && pool.stats().idle() == MIN_IDLE);
        }
    }

    /** Whether all refreshes and shutdowns are over. */
    boolean hasEnded() {
        return ends.stream().allMatch(CompletableFuture::isDone);
    }

    /** Whether nothing is going on. */
    boolean isAtRest() {
        return pool.stats().creating() == 0 && pool.stats().inMaintenance() == 0;
    }

    // Time

    /** Waits until the condition holds, though no time passes. */
    void comes(String what, BooleanSupplier condition) {
        Eventually.holds(patience, condition, () -> failureOf(what));
    }

    /**
     * Lets time pass until the condition holds. Between two strides the pool is left some real time, and more each time: on
     * a busy machine the pool's threads would else be overdue before they have begun.
     */
    void passes(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        long strideAt = start + LOOK_NANOS;
        long pause = LOOK_NANOS;
        while (!condition.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - start > patience.toNanos()) {
                throw new AssertionError(failureOf(what) + ", whatever time passes");
            }
            if (now - strideAt >= 0) {
                ticker.advance(STRIDE);
                pause = Math.min(2 * pause, MOST_NANOS);
                strideAt = now + pause;
            }
            LockSupport.parkNanos(LOOK_NANOS / 10);
        }
    }

    private String failureOf(String what) {
        return "not: " + what + "; " + calls + ", " + pool.stats();
    }
}
