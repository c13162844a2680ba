package io.dewpond.impl;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A pool of pools: each key that is present has a {@link SlotPool} of its own, which keeps a pool's promises, and a share of
 * one {@link Budget}, which keeps the total.
 *
 * <h2>How a key comes and goes</h2>
 *
 * Under {@link #door} alone: a key's pool enters the map when it is first asked for, and leaves it when nothing is left of it.
 * The latter is found out at the end of a step of the pool, under the pool's own lock, and in that same step it is closed; so
 * nobody can join a pool that goes. Who comes to it afterwards is told so by a {@link RetiredException}, has the map forget
 * it, and looks the key up anew. Who waits, or has a lease, keeps the pool.
 *
 * <p>To find the pool of a key that is present takes no lock.
 */
final class KeyedSlotPool<K, T> implements KeyedPool<K, T> {
    private final KeyedPoolConfig<K, T> config;
    private final Budget budget;
    private final SharedThreads threads;
    private final Events<T> events;
    private final ConcurrentMap<K, SlotPool<T>> pools = new ConcurrentHashMap<>();

    /** Held for a few steps, none of which takes a pool's lock. */
    private final ReentrantLock door = new ReentrantLock();

    // Guarded by the door.
    private long keysEver;
    private KeyedPoolStats gone;
    private boolean closed;
    private @Nullable CompletableFuture<Void> ended;

    KeyedSlotPool(KeyedPoolConfig<K, T> config) {
        this.config = config;
        budget = new Budget(config.maxTotal());
        threads = new SharedThreads("dewpond-" + config.name() + "-worker");
        PoolConfig<T> perKey = config.perKey();
        events = new Events<>(perKey, null);
        gone = KeyedPoolStats.none(config.maxTotal());
    }

    // ---- Keys ------------------------------------------------------------------------------------------------------

    private SlotPool<T> poolOf(K key) {
        SlotPool<T> present = pools.get(key);
        return present != null ? present : admit(key);
    }

    private SlotPool<T> admit(K key) {
        PoolConfig<T> own = config.forKey(key); // before the door is closed: the key's name is foreign code
        door.lock();
        try {
            if (closed) {
                throw new PoolClosedException(config.name());
            }
            SlotPool<T> present = pools.get(key);
            if (present != null) {
                return present;
            }
            Allowance allowance = new Allowance(budget, this::makeRoom, keysEver);
            SlotPool<T> pool = new SlotPool<>(
                    own,
                    (name, bound, ticker, alarm) -> new Workers(name, bound, ticker, alarm, threads),
                    events.shared(),
                    allowance);
            allowance.whenUnused(() -> forget(key, pool));
            pool.start();
            keysEver++;
            pools.put(key, pool);
            return pool;
        } finally {
            door.unlock();
        }
    }

    /** A pool has retired. Called by whoever finds that out, more than once. */
    private void forget(K key, SlotPool<T> pool) {
        PoolStats last = pool.stats();
        boolean first;
        door.lock();
        try {
            first = pools.remove(key, pool);
            if (first) {
                gone = gone.plus(last);
            }
        } finally {
            door.unlock();
        }
        if (first) {
            pool.retire();
        }
    }

    // ---- Acquire ---------------------------------------------------------------------------------------------------

    @Override
    public Lease<T> acquire(K key, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(timeout, "timeout");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (true) {
            SlotPool<T> pool = poolOf(key);
            try {
                return pool.acquire(timeout);
            } catch (RetiredException late) {
                forget(key, pool);
            } catch (Throwable refused) {
                pool.letGo(); // it may have been refused before anything else happened there
                throw refused;
            }
        }
    }

    @Override
    public Optional<Lease<T>> tryAcquire(K key) {
        Objects.requireNonNull(key, "key");
        while (true) {
            SlotPool<T> pool = poolOf(key);
            try {
                return pool.tryAcquire();
            } catch (RetiredException late) {
                forget(key, pool);
            }
        }
    }

    @Override
    public CompletableFuture<Lease<T>> acquireAsync(K key, Duration timeout) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(timeout, "timeout");
        while (true) {
            SlotPool<T> pool;
            try {
                pool = poolOf(key);
            } catch (PoolClosedException refused) {
                return CompletableFuture.failedFuture(refused);
            }
            try {
                CompletableFuture<Lease<T>> future = pool.acquireAsync(timeout);
                if (future.isCompletedExceptionally()) {
                    pool.letGo();
                }
                return future;
            } catch (RetiredException late) {
                forget(key, pool);
            }
        }
    }

    // ---- Room ------------------------------------------------------------------------------------------------------

    /** Finds first and claims then: why, stands in the {@link Budget}. */
    private void makeRoom(boolean passing) {
        boolean more = passing;
        for (Resting<T> found = longestIdle(); found != null && budget.beginYield(more); found = longestIdle()) {
            if (found.makesRoom()) {
                more = false;
            } else {
                budget.cancelYield();
            }
        }
    }

    /** The least recently used of all idle objects that nobody waits for, or null. */
    private @Nullable Resting<T> longestIdle() {
        Resting<T> longest = null;
        for (SlotPool<T> pool : pools.values()) {
            Resting<T> here = pool.longestIdle();
            if (here != null && (longest == null || here.usedAt() - longest.usedAt() < 0)) {
                longest = here;
            }
        }
        return longest;
    }

    // ---- The rest --------------------------------------------------------------------------------------------------

    @Override
    public KeyedPoolStats stats() {
        KeyedPoolStats sum;
        List<SlotPool<T>> present;
        door.lock();
        try {
            sum = gone.withKeys(0);
            present = new ArrayList<>(pools.values());
        } finally {
            door.unlock();
        }
        for (SlotPool<T> pool : present) {
            sum = sum.plus(pool.stats());
        }
        return sum;
    }

    @Override
    public Optional<PoolStats> stats(K key) {
        return Optional.ofNullable(pools.get(Objects.requireNonNull(key, "key")))
                .map(SlotPool::stats);
    }

    @Override
    public Set<K> keys() {
        return Set.copyOf(pools.keySet());
    }

    @Override
    public void evictIdle() {
        door.lock();
        try {
            if (closed) {
                throw new PoolClosedException(config.name());
            }
        } finally {
            door.unlock();
        }
        for (SlotPool<T> pool : pools.values()) {
            try {
                pool.control().evictIdle();
            } catch (RetiredException | PoolClosedException gone) {
                // nothing is idle there any more
            }
        }
    }

    @Override
    public void suspectIdle() {
        for (SlotPool<T> pool : pools.values()) {
            pool.control().suspectIdle();
        }
    }

    @Override
    public KeyedPoolConfig<K, T> config() {
        return config;
    }

    @Override
    public CompletableFuture<Void> shutdown(Duration drain) {
        Objects.requireNonNull(drain, "drain");
        door.lock();
        try {
            closed = true; // from now on no pool comes, so that all are seen here
        } finally {
            door.unlock();
        }
        budget.close();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (SlotPool<T> pool : pools.values()) {
            ends.add(pool.control().shutdown(drain));
        }
        return ended(ends).copy();
    }

    /** The end, which is the same for all who ask; what the first saw was all there was. */
    private CompletableFuture<Void> ended(List<CompletableFuture<Void>> ends) {
        CompletableFuture<Void> all = CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
        door.lock();
        try {
            if (ended != null) {
                return ended;
            }
            ended = all.thenRun(() -> {
                threads.release();
                events.release();
            });
            return ended;
        } finally {
            door.unlock();
        }
    }

    @Override
    public void close() {
        try {
            shutdown(config.perKey().drainTimeout()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("bug: a shutdown can't fail", e);
        }
    }

    @Override
    public String toString() {
        return "keyed pool '" + config.name() + "'";
    }
}
