package io.dewpond.impl;

import io.dewpond.Hook;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolControl;
import io.dewpond.PoolStats;
import io.dewpond.PoolTimings;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pool with a hook that each object passes before its borrower gets it. Stands around the {@link SlotPool}, which knows
 * nothing of it, so that nobody pays for it who has none: to the pool the object is lent already, and the hook is the first
 * thing that its borrower does.
 *
 * <p>An object that doesn't pass is destroyed, and its lease counts for none; then the borrower asks again, with what is
 * left of his time, and as old as he is: his grace is over sooner, but he joins the queue at its end. Who is interrupted
 * learns so when he asks again. Whoever ends the lease meanwhile (a shutdown that aborts) has the borrower ask again too, and
 * be told that the pool is closed.
 */
final class HookedPool<T> implements Pool<T> {
    private final SlotPool<T> pool;
    private final Hook<? super T> hook;
    private final Ticker ticker;

    HookedPool(SlotPool<T> pool, Hook<? super T> hook) {
        this.pool = pool;
        this.hook = hook;
        ticker = pool.config().ticker();
    }

    @Override
    public Lease<T> acquire(Duration timeout) throws InterruptedException {
        long since = ticker.nanoTime();
        long nanos = SlotPool.saturated(Objects.requireNonNull(timeout, "timeout"));
        SlotLease<T> lease = (SlotLease<T>) pool.acquire(timeout);
        while (!isReady(lease)) {
            lease = nanos == 0 ? (SlotLease<T>) pool.acquire(timeout) : pool.acquireAgain(since, since + nanos);
        }
        return lease;
    }

    @Override
    public Optional<Lease<T>> tryAcquire() {
        Optional<Lease<T>> lease = pool.tryAcquire();
        while (lease.isPresent() && !isReady((SlotLease<T>) lease.get())) {
            // A hook that heeds the flag would find fault with one idle object after the other.
            lease = Thread.currentThread().isInterrupted() ? Optional.empty() : pool.tryAcquire();
        }
        return lease;
    }

    @Override
    public CompletableFuture<Lease<T>> acquireAsync(Duration timeout) {
        long nanos = SlotPool.saturated(Objects.requireNonNull(timeout, "timeout"));
        return new HookedFuture<>(this, pool, nanos).ask();
    }

    private boolean isReady(SlotLease<T> lease) {
        Throwable failure = run(lease);
        if (failure != null) {
            pool.hookFailed(failure);
            lease.refuse(failure);
            return false;
        }
        return passed(lease);
    }

    /** Runs the hook, if the lease hasn't ended; returns what it threw, or null. */
    @Nullable
    Throwable run(SlotLease<T> lease) {
        T object = lease.peek();
        try {
            if (object != null) {
                hook.run(object);
            }
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    /** Whether the lease is on still, when the hook is done. */
    boolean passed(SlotLease<T> lease) {
        pool.hookPassed();
        return lease.peek() != null;
    }

    @Override
    public PoolStats stats() {
        return pool.stats();
    }

    @Override
    public Optional<PoolTimings> timings() {
        return pool.timings();
    }

    @Override
    public PoolConfig<T> config() {
        return pool.config();
    }

    @Override
    public PoolControl<T> control() {
        return pool.control();
    }

    @Override
    public void close() {
        pool.close();
    }

    @Override
    public String toString() {
        return pool.toString();
    }
}
