package io.dewpond;

import org.jspecify.annotations.Nullable;

/**
 * The right to use one object until it is given back.
 *
 * <p>A lease ends once: by {@link #close()}, {@link #invalidate}, {@link #detach()}, or by the pool: at the end
 * of a shutdown that {@linkplain PoolConfig#abortAtShutdown() aborts} what is still lent, or when it is lost. Each acquire gives a lease of its
 * own, so that a late or doubled close of an old lease never touches the next borrower's.
 *
 * <p>A lease that is garbage collected before it was ended is <i>lost</i>: some time later the pool says so, destroys the
 * object and uses its place again. So keep the lease, not only the object, for as long as you use the object.
 *
 * <p><b>Thread-safety:</b> a lease may be ended from any thread, and from several at once: only the first counts. The
 * object itself is as thread-safe as its class is.
 *
 * <p><b>Memory effects:</b> ending a lease <i>happens-before</i> the next lease of the same object is returned.
 *
 * @param <T> the type of the object lent
 */
public interface Lease<T> extends AutoCloseable {
    /**
     * Returns the object, while the lease lasts. Never blocks.
     *
     * @return the object; don't keep it longer than the lease
     * @throws IllegalStateException if the lease has ended
     */
    T get();

    /**
     * Releases the object to the pool; does nothing if the lease has ended already.
     *
     * <p>Runs the {@linkplain PoolConfig#resetter() resetter} and, if {@linkplain PoolConfig#validateOnRelease() asked
     * for}, the validator in the calling thread, and takes as long as they take. If one of them fails, the object is
     * destroyed (on a thread of the pool) and this method returns normally. Throws nothing, whatever the callbacks do.
     */
    @Override
    void close();

    /**
     * Ends the lease and has the object destroyed rather than lent again, on a thread of the pool. Never blocks, and
     * throws nothing that a callback threw.
     *
     * @param cause why, for the pool's log and listeners; may be null
     * @throws IllegalStateException if the lease has ended
     */
    void invalidate(@Nullable Throwable cause);

    /**
     * Ends the lease and takes the object out of the pool for good: it is the caller's from now on, the pool neither
     * touches nor destroys it, and its place is free for another. Never blocks.
     *
     * @return the object
     * @throws IllegalStateException if the lease has ended
     */
    T detach();
}
