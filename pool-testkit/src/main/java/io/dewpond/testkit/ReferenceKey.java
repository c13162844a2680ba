package io.dewpond.testkit;

import io.dewpond.Lease;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a {@link ReferenceKeyedPool} knows of a key that is present; guarded by the pool's lock. */
final class ReferenceKey<K, T> {
    final K key;
    final PoolConfig<T> config;
    final List<Thing<T>> things = new ArrayList<>();
    final Deque<Wait<T>> waits = new ArrayDeque<>();
    final Errands errands;
    final BackOff backOff;
    /** When a creation failed last, if none has succeeded since. */
    @Nullable
    Long failedAt;

    long acquired;
    long timedOut;
    long rejected;
    long created;
    long creationFailures;
    long destroyed;
    long detached;
    long callbackFailures;

    ReferenceKey(K key, PoolConfig<T> config, Moments moments, String threadPrefix) {
        this.key = key;
        this.config = config;
        errands = new Errands(moments, threadPrefix);
        backOff = new BackOff(config, moments);
    }

    int count(State state) {
        return (int) things.stream().filter(thing -> thing.state == state).count();
    }

    /** How many of those who wait have no creation on its way for them. */
    int unserved() {
        return waits.size() - count(State.CREATING);
    }

    /** Since when the first of those waits, or since the last failure, for a key that fails takes its turn behind the others. */
    long since() {
        long since = new ArrayList<>(waits).get(Math.max(0, count(State.CREATING))).start;
        return failedAt != null && failedAt - since > 0 ? failedAt : since;
    }

    boolean mayGrow() {
        return things.size() < config.maxSize()
                && count(State.CREATING) < config.maxConcurrentCreations()
                && backOff.allows(count(State.CREATING));
    }

    boolean isUnused(boolean closed) {
        return things.isEmpty()
                && waits.isEmpty()
                && errands.isEmpty()
                && errands.abandoned() == 0
                && (closed || backOff.nanosLeft() <= 0);
    }

    enum State {
        CREATING,
        IDLE,
        LEASED,
        DOOMED
    }

    /** An object, or the place for one. */
    static final class Thing<T> {
        State state = State.CREATING;
        /** Whether it is destroyed to make room for another key. */
        boolean makesRoom;

        long usedAt;

        @Nullable
        T object;

        @Nullable
        Thread holder;
    }

    /** Somebody who waits. */
    static final class Wait<T> {
        final Thread thread = Thread.currentThread();
        final long start;
        final long nanos;
        final @Nullable CompletableFuture<Lease<T>> future;

        @Nullable
        Lease<T> lease;
        /** Makes the exception in the waiter's own thread. */
        @Nullable
        Supplier<PoolException> failure;

        Wait(long start, long nanos, @Nullable CompletableFuture<Lease<T>> future) {
            this.start = start;
            this.nanos = nanos;
            this.future = future;
        }
    }
}
