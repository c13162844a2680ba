package io.dewpond;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pool lends expensive objects, one borrower at a time, and takes them back to lend them again.
 *
 * <p>A pool never has more live objects than its {@linkplain PoolConfig#maxSize() maximum} and never lends one object
 * twice at once. Borrowers that find nothing idle wait in order of arrival. A pool may let a running thread overtake the
 * others for as long as the oldest of them has waited for no more than about a millisecond. Objects are created, validated and
 * destroyed on the pool's own threads, so that a callback that hangs never holds a borrower past its deadline. While an
 * operator has {@linkplain PoolControl#suspend() suspended} the pool nothing is lent, and whoever acquires waits.
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread, platform or virtual.
 *
 * <p><b>Memory effects:</b> what a thread did to an object before it ended the lease <i>happens-before</i> what the
 * next borrower of that object does after {@code acquire} returned; what {@link ObjectFactory#create()} did
 * <i>happens-before</i> the first lease.
 *
 * @param <T> what the pool lends
 */
public interface Pool<T> extends AutoCloseable {
    /**
     * Borrows an object, waiting up to the configured {@linkplain PoolConfig#acquireTimeout() acquire timeout}.
     *
     * @return a lease on an object that nobody else holds; end it exactly once
     * @throws InterruptedException as {@link #acquire(Duration)}
     * @throws AcquireTimeoutException as {@link #acquire(Duration)}
     * @throws AcquireRejectedException as {@link #acquire(Duration)}
     * @throws CreationFailedException as {@link #acquire(Duration)}
     * @throws PoolClosedException as {@link #acquire(Duration)}
     */
    default Lease<T> acquire() throws InterruptedException {
        return acquire(config().acquireTimeout());
    }

    /**
     * Borrows an object, waiting up to {@code timeout} in order of arrival.
     *
     * <p>The timeout covers all there is to wait for, together: a place in the pool, the creation of an object and its
     * validation. An idle object that needs no validation is lent at once. A thread that loses its wait (timeout,
     * interrupt) keeps nothing: what was granted to it in that instant goes to the next in the queue.
     *
     * @param timeout the longest wait; zero or negative never waits; the longest {@code Duration} is fine
     * @return a lease on an object that nobody else holds; end it exactly once
     * @throws InterruptedException if the thread was interrupted before or while it waited; the interrupt flag is
     *     cleared then, and only then
     * @throws AcquireTimeoutException if no object could be had in time; it tells who holds the objects, and has the
     *     last failure of a creation as its cause
     * @throws AcquireRejectedException at once, if {@linkplain PoolConfig#maxWaiters() too many} wait already; later, if
     *     the {@linkplain PoolConfig#admission() admission policy} sheds the borrower
     * @throws CreationFailedException if nothing is alive, creation fails, and the pool is configured to
     *     {@linkplain PoolConfig#failFast() fail fast}
     * @throws PoolClosedException if the pool is shut down, before or while this thread waits
     * @throws NullPointerException if {@code timeout} is null
     */
    Lease<T> acquire(Duration timeout) throws InterruptedException;

    /**
     * Borrows an object if one is idle and ready, and never waits.
     *
     * <p>Nothing is created or validated in the caller's thread. Where the idle object first needs a
     * {@linkplain PoolConfig#validateAfterIdle() validation}, or there is none and room for one, the pool starts that
     * on its own threads, for a later call to find, and this one returns empty. Borrowers who wait already go first.
     *
     * @return a lease, or empty
     * @throws PoolClosedException if the pool is shut down
     */
    Optional<Lease<T>> tryAcquire();

    /**
     * Asks for an object without waiting for it: the future is completed with a lease as soon as there is one.
     *
     * <p>The request queues with the threads that wait in {@link #acquire(Duration)}, in order of arrival, and the same
     * timeout covers the same things. An idle object that needs no validation is lent at once: then the future is complete
     * when this method returns, unless there is a {@linkplain PoolConfig#beforeLend() hook} to run first, as it is if the
     * request is refused at once. Otherwise it is completed later, on a thread of
     * the pool: never in the thread that releases an object, and while no lock is held. What depends on the future runs
     * there too, unless it is added by one of its {@code Async} methods; such code should not block.
     *
     * <p>Whoever has the future may give the request up by {@link CompletableFuture#cancel cancelling} it, or by completing
     * it in any other way: its place in the queue is free then. If an object was granted in that instant it goes to the
     * next in the queue. To cancel a stage that depends on the future gives up nothing. Once the future is completed with a
     * lease, somebody must end that lease, as any other.
     *
     * <p>This method never blocks, and ignores the caller's interrupt flag. The {@linkplain LeaseHolder#thread() holder} is
     * the thread that called it.
     *
     * <p><b>Memory effects:</b> those of {@code acquire}, for whatever follows the completion of the future.
     *
     * @param timeout the longest wait; zero or negative never waits; the longest {@code Duration} is fine
     * @return the lease to come, a new future each time; it fails with an {@link AcquireTimeoutException} if no object could
     *     be had in time, an {@link AcquireRejectedException} if {@linkplain PoolConfig#maxWaiters() too many} wait
     *     already or the {@linkplain PoolConfig#admission() admission policy} sheds it, a {@link CreationFailedException} if nothing is alive, creation fails and the pool is to
     *     {@linkplain PoolConfig#failFast() fail fast}, a {@link PoolClosedException} if the pool is shut down before or
     *     meanwhile, and with a {@link CancellationException} if it is cancelled
     * @throws NullPointerException if {@code timeout} is null
     */
    CompletableFuture<Lease<T>> acquireAsync(Duration timeout);

    /**
     * Acquires an object, runs {@code work} on it and releases it, whether the work returns or throws.
     *
     * @param work what to do with the object; it must not keep the object
     * @param <R> what the work returns
     * @param <X> what the work may throw; it reaches the caller as it was thrown
     * @return what the work returned
     * @throws X if the work threw it
     * @throws InterruptedException as {@link #acquire()}
     * @throws PoolException as {@link #acquire()}
     */
    default <R extends @Nullable Object, X extends Exception> R use(Work<? super T, ? extends R, ? extends X> work)
            throws InterruptedException, X {
        try (Lease<T> lease = acquire()) {
            return work.apply(lease.get());
        }
    }

    /**
     * Takes a snapshot of the pool's numbers; never blocks a borrower for longer than it takes to read them.
     *
     * @return numbers that were all true at one moment
     */
    PoolStats stats();

    /**
     * Takes a snapshot of how long things have taken since the pool was opened. Never blocks; may be called after the pool
     * was shut down.
     *
     * @return the times; empty unless the pool is to {@linkplain PoolConfig#timings() take} them
     * @implSpec a pool that can't measure returns empty, as this implementation does
     */
    default Optional<PoolTimings> timings() {
        return Optional.empty();
    }

    /**
     * Returns the configuration this pool was opened with.
     *
     * @return the configuration; neither {@link PoolControl#resize} nor {@link PoolControl#replaceFactory}
     *     changes it
     */
    PoolConfig<T> config();

    /**
     * Returns the operator's side of this pool.
     *
     * @return the control, always the same
     */
    PoolControl<T> control();

    /**
     * Shuts the pool down and waits for its end, as {@link PoolControl#shutdown} with the configured
     * {@linkplain PoolConfig#drainTimeout() drain timeout} would.
     *
     * <p>Returns when every object is destroyed or the drain timeout is over, whichever is first. A thread that is
     * interrupted stops waiting, with its interrupt flag set; the shutdown goes on. Further calls wait for the same
     * end.
     */
    @Override
    void close();

    /**
     * What {@link #use} runs on a borrowed object.
     *
     * @param <T> the type of the object
     * @param <R> the type of the result
     * @param <X> what the work may throw
     */
    @FunctionalInterface
    interface Work<T, R extends @Nullable Object, X extends Exception> {
        /**
         * Works on a borrowed object.
         *
         * @param object the object, lent until this method ends
         * @return the result, handed to the caller of {@code use}
         * @throws X whatever went wrong, handed to the caller of {@code use} as it is
         */
        R apply(T object) throws X;
    }
}
