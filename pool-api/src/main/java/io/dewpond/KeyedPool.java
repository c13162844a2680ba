package io.dewpond;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pool of pools: lends objects that are made for a key, such as connections to one of many hosts, and bounds them per key
 * and in total.
 *
 * <p>Each key is a pool by itself, and what {@link Pool} promises of lending, waiting, deadlines and memory effects holds for
 * each. Between keys:
 *
 * <ul>
 *   <li>There are never more live objects than {@link KeyedPoolConfig#maxTotal()}, and of a key never more than the {@link
 *       PoolConfig#maxSize() maxSize} that is set for each.
 *   <li>A key that fails or hangs delays no other key, but by the room it takes up.
 *   <li>Room that comes free goes to the borrower who has waited longest, of all keys that may have one more object. Where
 *       there is none, the least recently used idle object of another key, one that nobody waits for, is destroyed to
 *       make room. A key that has nothing at all also gets room when an object of another key is released for which
 *       only younger borrowers wait; so nobody starves while objects are released.
 *   <li>A key is present from its first acquire until it has neither object, nor waiter, nor creation, not even one that
 *       was given up and still hangs, and no delay after a failed creation is under way. Then nothing is left of it
 *       but what it added to the {@linkplain #stats() sums}.
 * </ul>
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread, platform or virtual.
 *
 * @param <K> what tells the objects' kinds apart
 * @param <T> what the pool lends
 */
public interface KeyedPool<K, T> extends AutoCloseable {
    /**
     * Borrows an object of a key, waiting up to the configured {@linkplain PoolConfig#acquireTimeout() acquire timeout}.
     *
     * @param key whose object
     * @return a lease on an object that nobody else holds; end it exactly once
     * @throws InterruptedException as {@link Pool#acquire(Duration)}
     * @throws PoolException as {@link Pool#acquire(Duration)}
     * @throws NullPointerException if {@code key} is null
     */
    default Lease<T> acquire(K key) throws InterruptedException {
        return acquire(key, config().perKey().acquireTimeout());
    }

    /**
     * Borrows an object of a key, waiting up to {@code timeout} in order of arrival.
     *
     * @param key whose object
     * @param timeout the longest wait; zero or negative never waits; the longest {@code Duration} is fine
     * @return a lease on an object that nobody else holds; end it exactly once
     * @throws InterruptedException as {@link Pool#acquire(Duration)}
     * @throws AcquireTimeoutException as {@link Pool#acquire(Duration)}; it speaks of this key alone
     * @throws AcquireRejectedException at once, if {@linkplain PoolConfig#maxWaiters() too many} wait for this key already
     * @throws CreationFailedException as {@link Pool#acquire(Duration)}
     * @throws PoolClosedException if the pool is shut down, before or while this thread waits
     * @throws NullPointerException if an argument is null
     */
    Lease<T> acquire(K key, Duration timeout) throws InterruptedException;

    /**
     * Borrows an object of a key if one is idle and ready, and never waits. Otherwise the pool may start what is needed for
     * a later call to find one: as {@link Pool#tryAcquire()} says, and where the total is reached by making room.
     *
     * @param key whose object
     * @return a lease, or empty
     * @throws PoolClosedException if the pool is shut down
     * @throws NullPointerException if {@code key} is null
     */
    Optional<Lease<T>> tryAcquire(K key);

    /**
     * Asks for an object of a key without waiting for it, as {@link Pool#acquireAsync(Duration)} does.
     *
     * @param key whose object
     * @param timeout the longest wait; zero or negative never waits; the longest {@code Duration} is fine
     * @return the lease to come, a new future each time; it fails as that of {@link Pool#acquireAsync(Duration)}
     * @throws NullPointerException if an argument is null
     */
    CompletableFuture<Lease<T>> acquireAsync(K key, Duration timeout);

    /**
     * Acquires an object of a key, runs {@code work} on it and releases it, whether the work returns or throws.
     *
     * @param key whose object
     * @param work what to do with the object; it must not keep the object
     * @param <R> what the work returns
     * @param <X> what the work may throw; it reaches the caller as it was thrown
     * @return what the work returned
     * @throws X if the work threw it
     * @throws InterruptedException as {@link #acquire(Object)}
     * @throws PoolException as {@link #acquire(Object)}
     * @throws NullPointerException if an argument is null
     */
    default <R extends @Nullable Object, X extends Exception> R use(
            K key, Pool.Work<? super T, ? extends R, ? extends X> work) throws InterruptedException, X {
        Objects.requireNonNull(work, "work");
        try (Lease<T> lease = acquire(key)) {
            return work.apply(lease.get());
        }
    }

    /**
     * Sums the numbers of all keys.
     *
     * @return the sums; they count what keys did that have gone, too
     */
    KeyedPoolStats stats();

    /**
     * Takes a snapshot of the numbers of a key.
     *
     * @param key which one
     * @return numbers that were all true at one moment, counted since the key was last absent; empty if it is absent now
     * @throws NullPointerException if {@code key} is null
     */
    Optional<PoolStats> stats(K key);

    /**
     * Returns the keys that are present.
     *
     * @return a copy, in no order
     */
    Set<K> keys();

    /**
     * Destroys every object that is idle now, of all keys; those that {@link PoolConfig#minIdle()} asks for are created
     * anew.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void evictIdle();

    /**
     * Has every object that is idle now, of any key, validated before it is lent next, as {@link PoolControl#suspectIdle()}
     * has those of a pool: for who has learnt of something that may have broken them all. What can't be validated may be
     * destroyed instead. Keeps nobody waiting, and does nothing in a pool that is shut down.
     */
    void suspectIdle();

    /**
     * Returns the configuration this pool was opened with.
     *
     * @return the configuration
     */
    KeyedPoolConfig<K, T> config();

    /**
     * Shuts the pools of all keys down, at once, as {@link PoolControl#shutdown} does with each.
     *
     * <p>A second call waits for the same end; its drain counts only if it is over earlier than the first.
     *
     * @param drain how long leases may last from now on; zero or negative doesn't wait for them
     * @return completes when the last of them has ended
     * @throws NullPointerException if {@code drain} is null
     */
    CompletableFuture<Void> shutdown(Duration drain);

    /**
     * Shuts the pool down and waits for its end, as {@link #shutdown} with the configured {@linkplain
     * PoolConfig#drainTimeout() drain timeout} would.
     *
     * <p>A thread that is interrupted stops waiting, with its interrupt flag set; the shutdown goes on.
     */
    @Override
    void close();
}
