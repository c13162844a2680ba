package io.dewpond.testkit;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.Callback;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import io.dewpond.testkit.ReferenceKey.State;
import io.dewpond.testkit.ReferenceKey.Thing;
import io.dewpond.testkit.ReferenceKey.Wait;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The plainest keyed pool that keeps the {@link KeyedPoolContract}: what other keyed pools are compared with, not what to use.
 *
 * <p>One lock guards everything; every change ends in {@link #settle}, which does all that can be done now, from scratch.
 * Each callback runs on a daemon thread of its own, never under the lock. Of the settings of a key it knows the bounds, the
 * timeouts of waiting, creating, destroying and draining, and the back-off. Names of threads begin with {@code reference-}.
 *
 * @param <K> what tells the objects' kinds apart
 * @param <T> what the pool lends
 */
public class ReferenceKeyedPool<K, T> implements KeyedPool<K, T> {
    private final KeyedPoolConfig<K, T> config;
    private final Ticker ticker;
    private final Moments moments;
    private final String threadPrefix;
    private final Thread keeper;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    // All below is guarded by the lock of the moments.
    final Map<K, ReferenceKey<K, T>> keys = new HashMap<>();
    private KeyedPoolStats gone;
    private boolean closed;
    private long drainEnd;

    ReferenceKeyedPool(KeyedPoolConfig<K, T> config) {
        this.config = config.requireValid();
        ticker = config.perKey().ticker();
        moments = new Moments(ticker);
        threadPrefix = "reference-" + config.name() + "-";
        gone = KeyedPoolStats.none(config.maxTotal());
        keeper = new Thread(this::keep, threadPrefix + "keeper");
        keeper.setDaemon(true);
    }

    /**
     * Opens a pool.
     *
     * @param config how it is to behave
     * @param <K> what tells the objects' kinds apart
     * @param <T> what it lends
     * @return the pool
     * @throws IllegalArgumentException if the configuration has {@linkplain KeyedPoolConfig#problems() problems}
     */
    public static <K, T> ReferenceKeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
        ReferenceKeyedPool<K, T> pool = new ReferenceKeyedPool<>(config);
        pool.start();
        return pool;
    }

    void start() {
        keeper.start();
    }

    // Lending

    @Override
    public Lease<T> acquire(K key, Duration timeout) throws InterruptedException {
        Wait<T> wait = new Wait<>(ticker.nanoTime(), nanos(timeout), null);
        Objects.requireNonNull(key, "key");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        join(key, wait);
        while (true) {
            Lease<T> lease = moments.locked(() -> {
                if (wait.failure != null) {
                    throw wait.failure.get();
                }
                return wait.lease;
            });
            if (lease != null) {
                return lease;
            }
            if (Thread.interrupted()) {
                leave(key, wait);
                throw new InterruptedException();
            }
            ticker.parkUntil(this, wait.start + wait.nanos);
            moments.locked(() -> settle(null));
        }
    }

    @Override
    public Optional<Lease<T>> tryAcquire(K key) {
        Objects.requireNonNull(key, "key");
        return moments.locked(() -> {
            ReferenceKey<K, T> mine = present(key);
            Lease<T> lease = mine.waits.isEmpty() ? lendIdle(mine) : null;
            settle(lease == null ? mine : null);
            return Optional.ofNullable(lease);
        });
    }

    @Override
    public CompletableFuture<Lease<T>> acquireAsync(K key, Duration timeout) {
        CompletableFuture<Lease<T>> future = new CompletableFuture<>();
        Wait<T> wait = new Wait<>(ticker.nanoTime(), nanos(timeout), future);
        Objects.requireNonNull(key, "key");
        try {
            join(key, wait);
        } catch (PoolException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> leave(key, wait));
        return future;
    }

    private void join(K key, Wait<T> wait) {
        moments.locked(() -> {
            ReferenceKey<K, T> mine = present(key);
            Lease<T> ready = mine.waits.isEmpty() ? lendIdle(mine) : null;
            if (ready != null) {
                wait.lease = ready;
                settled(wait);
            } else if (mine.waits.size() >= mine.config.maxWaiters()) {
                mine.rejected++;
                settle(null);
                throw new AcquireRejectedException(mine.config.name(), mine.waits.size());
            } else {
                mine.waits.add(wait);
            }
            settle(wait.nanos == 0 ? mine : null);
        });
    }

    private void leave(K key, Wait<T> wait) {
        moments.locked(() -> {
            ReferenceKey<K, T> mine = keys.get(key);
            boolean waited = mine != null && mine.waits.remove(wait);
            if (!waited && wait.lease != null && wait.future == null) {
                wait.lease.close();
            }
            settle(null);
        });
    }

    private static long nanos(Duration timeout) {
        Duration longest = PoolConfig.LONGEST;
        Duration nanos = timeout.isNegative() ? Duration.ZERO : timeout.compareTo(longest) > 0 ? longest : timeout;
        return nanos.toNanos();
    }

    private ReferenceKey<K, T> present(K key) {
        if (closed) {
            throw new PoolClosedException(config.name());
        }
        return keys.computeIfAbsent(key, k -> new ReferenceKey<>(k, config.forKey(k), moments, threadPrefix));
    }

    private @Nullable Lease<T> lendIdle(ReferenceKey<K, T> mine) {
        return mine.things.stream()
                .filter(thing -> thing.state == State.IDLE)
                .findFirst()
                .map(thing -> lend(mine, thing, Thread.currentThread()))
                .orElse(null);
    }

    private Lease<T> lend(ReferenceKey<K, T> mine, Thing<T> thing, Thread holder) {
        thing.state = State.LEASED;
        thing.holder = holder;
        mine.acquired++;
        return new KeyedLease(mine, thing, Objects.requireNonNull(thing.object));
    }

    /** Has the outcome seen by whoever waits. A future is completed on a thread of its own. */
    private void settled(Wait<T> wait) {
        CompletableFuture<Lease<T>> future = wait.future;
        if (future == null) {
            LockSupport.unpark(wait.thread);
            return;
        }
        Thread courier = new Thread(() -> deliver(future, wait), threadPrefix + "courier");
        courier.setDaemon(true);
        courier.start();
    }

    private void deliver(CompletableFuture<Lease<T>> future, Wait<T> wait) {
        if (wait.failure != null) {
            future.completeExceptionally(wait.failure.get());
        } else if (wait.lease != null && !future.complete(wait.lease)) {
            wait.lease.close();
        }
    }

    // The end of a lease

    private final class KeyedLease implements Lease<T> {
        private final ReferenceKey<K, T> mine;
        private final Thing<T> thing;
        private final T object;
        private boolean ended;

        KeyedLease(ReferenceKey<K, T> mine, Thing<T> thing, T object) {
            this.mine = mine;
            this.thing = thing;
            this.object = object;
        }

        @Override
        public T get() {
            moments.locked(this::requireNotEnded);
            return object;
        }

        @Override
        public void close() {
            moments.locked(() -> {
                if (!ended) {
                    ended = true;
                    takeBack(mine, thing);
                }
            });
        }

        @Override
        public void invalidate(@Nullable Throwable cause) {
            moments.locked(() -> {
                requireNotEnded();
                ended = true;
                destroy(mine, thing);
                settle(null);
            });
        }

        @Override
        public T detach() {
            moments.locked(() -> {
                requireNotEnded();
                ended = true;
                mine.detached++;
                vacate(mine, thing);
            });
            return object;
        }

        private void requireNotEnded() {
            if (ended) {
                throw new IllegalStateException("The lease has ended");
            }
        }
    }

    private void takeBack(ReferenceKey<K, T> mine, Thing<T> thing) {
        Wait<T> head = mine.waits.peek();
        thing.usedAt = moments.now();
        thing.holder = null;
        if (closed) {
            destroy(mine, thing);
        } else if (head != null && mustYield(head)) {
            thing.makesRoom = true;
            destroy(mine, thing);
        } else {
            thing.state = State.IDLE;
        }
        settle(null);
    }

    /** Whether a key that has nothing at all has waited for longer than the head of another. */
    boolean mustYield(Wait<T> head) {
        long poor = keys.values().stream()
                .filter(key -> key.things.isEmpty() && key.unserved() > 0 && key.mayGrow())
                .filter(key -> key.since() - head.start < 0)
                .count();
        return poor > makingRoom();
    }

    // What happens under the lock

    /** Does all that can be done now. */
    void settle(@Nullable ReferenceKey<K, T> passing) {
        keys.values().forEach(this::expireWaiters);
        for (ReferenceKey<K, T> key : keys.values()) {
            while (!key.waits.isEmpty() && key.count(State.IDLE) > 0) {
                Wait<T> head = key.waits.remove();
                key.things.stream()
                        .filter(thing -> thing.state == State.IDLE)
                        .findFirst()
                        .ifPresent(thing -> head.lease = lend(key, thing, head.thread));
                settled(head);
            }
        }
        while (!closed && total() < config.maxTotal() && next() != null) {
            create(Objects.requireNonNull(next()));
        }
        boolean wish = passing != null && passing.waits.isEmpty() && passing.things.isEmpty() && passing.mayGrow();
        if (!closed && wish && total() < config.maxTotal()) {
            create(Objects.requireNonNull(passing));
            wish = false;
        }
        makeRoom(wish ? 1 : 0);
        for (ReferenceKey<K, T> key : List.copyOf(keys.values())) {
            if (isUnused(key)) {
                keys.remove(key.key);
                gone = gone.plus(stats(key));
            }
        }
        if (Thread.currentThread() != keeper) { // who wakes himself never sleeps
            LockSupport.unpark(keeper);
        }
    }

    boolean isUnused(ReferenceKey<K, T> key) {
        return key.isUnused(closed);
    }

    /** The key whose first waiter without anything on its way has waited longest, of those that may grow; or null. */
    @Nullable
    ReferenceKey<K, T> next() {
        long now = moments.now();
        return keys.values().stream()
                .filter(key -> key.unserved() > 0 && key.mayGrow())
                .min(Comparator.comparingLong(key -> key.since() - now))
                .orElse(null);
    }

    private void makeRoom(int passing) {
        int wanted = passing;
        for (ReferenceKey<K, T> key : keys.values()) {
            if (!closed && key.mayGrow()) {
                wanted += Math.min(Math.max(0, key.unserved()), key.config.maxSize() - key.things.size());
            }
        }
        for (int i = makingRoom(); i < wanted && total() >= config.maxTotal(); i++) {
            evictLeastRecentlyUsed();
        }
    }

    void evictLeastRecentlyUsed() {
        long now = moments.now();
        keys.values().stream()
                .flatMap(key -> key.things.stream().filter(thing -> thing.state == State.IDLE))
                .min(Comparator.comparingLong(thing -> thing.usedAt - now))
                .ifPresent(thing -> {
                    thing.makesRoom = true;
                    keys.values().stream()
                            .filter(key -> key.things.contains(thing))
                            .findFirst()
                            .ifPresent(key -> destroy(key, thing));
                });
    }

    private int makingRoom() {
        return (int) keys.values().stream()
                .flatMap(key -> key.things.stream().filter(thing -> thing.makesRoom))
                .count();
    }

    int total() {
        return keys.values().stream().mapToInt(key -> key.things.size()).sum();
    }

    private void create(ReferenceKey<K, T> key) {
        Thing<T> thing = new Thing<>();
        key.things.add(thing);
        key.errands.run(
                Callback.CREATE,
                key.config.createTimeout(),
                () -> Objects.requireNonNull(key.config.factory().create(), "the factory returned null"),
                (object, failure) -> created(key, thing, object, failure),
                late -> {
                    if (late != null) {
                        key.created++;
                        dispose(key, late, () -> key.destroyed++);
                    } else {
                        settle(null);
                    }
                });
    }

    private void created(ReferenceKey<K, T> key, Thing<T> thing, @Nullable T object, @Nullable Throwable failure) {
        if (object == null) {
            key.creationFailures++;
            key.failedAt = moments.now();
            key.backOff.failed(Objects.requireNonNull(failure));
            creationFailed(key, thing);
            return;
        }
        key.created++;
        key.failedAt = null;
        key.backOff.succeeded();
        thing.object = object;
        thing.usedAt = moments.now();
        takeBack(key, thing);
    }

    void creationFailed(ReferenceKey<K, T> key, Thing<T> thing) {
        vacate(key, thing);
    }

    private void destroy(ReferenceKey<K, T> key, Thing<T> thing) {
        thing.state = State.DOOMED;
        thing.holder = null;
        dispose(key, Objects.requireNonNull(thing.object), () -> {
            key.destroyed++;
            vacate(key, thing);
        });
    }

    private void dispose(ReferenceKey<K, T> key, T object, Runnable ended) {
        key.errands.run(
                Callback.DESTROY,
                key.config.destroyTimeout(),
                () -> {
                    key.config.factory().destroy(object);
                    return true;
                },
                (done, failure) -> {
                    key.callbackFailures += failure == null ? 0 : 1;
                    ended.run();
                    settle(null);
                },
                nothing -> settle(null));
    }

    void vacate(ReferenceKey<K, T> key, Thing<T> thing) {
        key.things.remove(thing);
        settle(null);
    }

    private void expireWaiters(ReferenceKey<K, T> key) {
        for (Wait<T> wait : List.copyOf(key.waits)) {
            Duration waited = Duration.ofNanos(moments.now() - wait.start);
            if (closed) {
                wait.failure = () -> new PoolClosedException(key.config.name());
            } else if (waited.toNanos() >= wait.nanos) {
                key.timedOut++;
                AcquireTimeoutException failure = new AcquireTimeoutException(
                        key.config.name(), waited, stats(key), holders(key), false, key.backOff.last());
                wait.failure = () -> failure;
            } else {
                continue;
            }
            key.waits.remove(wait);
            settled(wait);
        }
    }

    private static <K, T> List<LeaseHolder> holders(ReferenceKey<K, T> key) {
        return key.things.stream()
                .flatMap(thing -> Optional.ofNullable(thing.holder).stream())
                .map(holder -> new LeaseHolder(holder.getName(), Duration.ZERO, List.of()))
                .toList();
    }

    // What time brings about

    private void keep() {
        while (!end.isDone()) {
            long now = ticker.nanoTime();
            long sleep = moments.locked(() -> {
                List.copyOf(keys.values()).forEach(key -> key.errands.expire(key.config.maxSize()));
                settle(null);
                boolean drained = drainEnd - moments.now() <= 0;
                boolean onlyLeases =
                        keys.values().stream().allMatch(key -> key.things.size() == key.count(State.LEASED));
                if (closed && (total() == 0 || (drained && onlyLeases))) {
                    end.complete(null);
                }
                return untilNext();
            });
            if (!end.isDone()) {
                ticker.parkUntil(this, now + sleep);
            }
        }
    }

    private long untilNext() {
        long next = TimeUnit.DAYS.toNanos(1);
        if (closed) {
            next = Math.min(next, Math.max(1, drainEnd - moments.now()));
        }
        for (ReferenceKey<K, T> key : keys.values()) {
            next = key.errands.untilNextExpiry(next, key.config.maxSize());
            for (Wait<T> wait : key.waits) {
                next = Math.min(next, wait.nanos - (moments.now() - wait.start));
            }
            next = key.backOff.nanosLeft() > 0 ? Math.min(next, key.backOff.nanosLeft()) : next;
        }
        return next;
    }

    // The rest

    @Override
    public KeyedPoolStats stats() {
        return moments.locked(() -> {
            KeyedPoolStats sum = gone.withKeys(0);
            for (ReferenceKey<K, T> key : keys.values()) {
                sum = sum.plus(stats(key));
            }
            return sum;
        });
    }

    @Override
    public Optional<PoolStats> stats(K key) {
        return moments.locked(() -> Optional.ofNullable(keys.get(Objects.requireNonNull(key, "key")))
                .map(ReferenceKeyedPool::stats));
    }

    private static <K, T> PoolStats stats(ReferenceKey<K, T> key) {
        return new PoolStats(
                key.config.maxSize(),
                0,
                key.count(State.IDLE),
                key.count(State.LEASED),
                key.count(State.CREATING),
                key.count(State.DOOMED),
                key.waits.size(),
                key.errands.abandoned(),
                key.acquired,
                key.timedOut,
                key.rejected,
                key.created,
                key.creationFailures,
                key.destroyed,
                key.detached,
                key.callbackFailures,
                0,
                0,
                false,
                Map.of(),
                Map.of());
    }

    @Override
    public Set<K> keys() {
        return moments.locked(() -> Set.copyOf(keys.keySet()));
    }

    @Override
    public void evictIdle() {
        moments.locked(() -> {
            if (closed) {
                throw new PoolClosedException(config.name());
            }
            destroyIdle();
            settle(null);
        });
    }

    /** Knows no validator, so it destroys what it can't ask about. */
    @Override
    public void suspectIdle() {
        moments.locked(() -> {
            destroyIdle();
            settle(null);
        });
    }

    private void destroyIdle() {
        for (ReferenceKey<K, T> key : keys.values()) {
            key.things.stream()
                    .filter(thing -> thing.state == State.IDLE)
                    .toList()
                    .forEach(thing -> destroy(key, thing));
        }
    }

    @Override
    public KeyedPoolConfig<K, T> config() {
        return config;
    }

    @Override
    public CompletableFuture<Void> shutdown(Duration drain) {
        long until = nanos(drain);
        return moments.locked(() -> {
            long at = moments.now() + until;
            drainEnd = closed && drainEnd - at < 0 ? drainEnd : at;
            closed = true;
            keys.values().forEach(key -> key.errands.interrupt(Callback.CREATE));
            destroyIdle();
            settle(null);
            return end.copy();
        });
    }

    @Override
    public void close() {
        try {
            shutdown(config.perKey().drainTimeout()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
