package io.dewpond;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The operator's side of a pool: what changes it while it runs.
 *
 * <p>No method blocks, and none runs a callback in the caller's thread. All may be called from any thread.
 *
 * @param <T> what the pool lends
 */
public interface PoolControl<T> {
    /**
     * Changes the size. Growing wakes those who wait at once; shrinking destroys surplus objects, the idle now and the
     * lent when they are released, and creates nothing while there are more than the new maximum.
     *
     * @param minIdle how many objects to keep ready, 0 to {@code maxSize}
     * @param maxSize the most objects alive at once; 0 is allowed and lends nothing
     * @throws IllegalArgumentException if a value is out of range; nothing is changed then
     * @throws PoolClosedException if the pool is shut down
     * @throws UnsupportedOperationException if the pool lends a fixed set of objects and has no others
     */
    void resize(int minIdle, int maxSize);

    /**
     * Replaces all that was made before now: nothing of it is lent again. What is idle goes at once, what is lent when
     * it is released.
     *
     * @return completes when the last of the old objects is gone
     * @throws PoolClosedException if the pool is shut down
     * @throws UnsupportedOperationException if the pool lends a fixed set of objects and has no others
     */
    CompletableFuture<Void> refresh();

    /**
     * Has another factory make the objects from now on, and replaces all that the former made, as {@link #refresh()} does.
     * Each object is destroyed by the factory that made it, also one whose creation is under way: it is destroyed as soon as
     * it comes, and lent to nobody. The failures of the former factory are forgotten, so that whoever waits is served as
     * soon as the new one has made an object, with no delay before.
     *
     * <p>A creation of the former factory that is under way keeps its place until it ends or is given up at its timeout.
     * {@link Pool#config()} still tells the factory that the pool was opened with.
     *
     * @param factory makes the objects from now on
     * @return completes when the last object of a former factory is gone, but for those that come after their creation was
     *     given up, which are destroyed when they come
     * @throws PoolClosedException if the pool is shut down
     * @throws NullPointerException if {@code factory} is null
     */
    CompletableFuture<Void> replaceFactory(ObjectFactory<T> factory);

    /**
     * Tells when {@link PoolConfig#minIdle()} objects, or as many as a {@link #resize} has asked for since, are idle and ready
     * to be lent. The pool makes them anyway; this is for who wants to begin only then, and would rather not block for it, as
     * opening with {@link PoolConfig#warmUp()} does. What depends on the future runs on a thread of the pool and should not
     * block.
     *
     * @return completes when they are ready, at once if they are; fails with a {@link CreationFailedException} if a creation
     *     fails and the pool is to {@linkplain PoolConfig#failFast() fail fast}, and with a {@link PoolClosedException} if the
     *     pool is shut down before
     * @throws PoolClosedException if the pool is shut down
     */
    CompletableFuture<Void> warmUp();

    /**
     * Destroys every object that is idle now; those that {@link PoolConfig#minIdle()} asks for are created anew.
     *
     * @throws PoolClosedException if the pool is shut down
     * @throws UnsupportedOperationException if the pool lends a fixed set of objects and has no others
     */
    void evictIdle();

    /**
     * Has every object that is idle now validated before it is lent next, whatever {@link PoolConfig#validateAfterIdle()}
     * says: for who has learnt of something that may have broken them all, such as the restart of a server. What is lent
     * now, and what is made from now on, is no suspect. As with any validation, whoever acquires meanwhile is served by
     * what is proved or made first.
     *
     * <p>Destroys nothing by itself, takes no lock and keeps nobody waiting. Does nothing in a pool without a {@link
     * PoolConfig#validator() validator}, or in one that is shut down. To call it again before everything was validated adds
     * what became idle since.
     */
    void suspectIdle();

    /**
     * Lends nothing from now on, to nobody, until {@link #resume()}. Who acquires waits, with the deadline and the
     * interrupts of any other wait; {@link Pool#tryAcquire()} returns empty, and a timeout of zero is over at once. Who was
     * about to be lent an object when this was called may still get it.
     *
     * <p>Everything else goes on: leases last and end as ever, the maintenance looks after what is idle, and the size can be
     * changed. Objects are created for {@link PoolConfig#minIdle()} alone, not for those who wait. A pool that is suspended
     * already stays so.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void suspend();

    /**
     * Ends what {@link #suspend()} began: those who wait are served in their order. Changes nothing in a pool that isn't
     * suspended.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void resume();

    /**
     * Takes a picture of the pool for a person to look at: the numbers, who holds what, who waits, what went wrong last. Takes
     * a time that grows with the size of the pool, and keeps borrowers from nothing for longer than it takes to read the
     * numbers. Works after a shutdown too.
     *
     * @return the picture; its numbers were all true at one moment, who holds what may be a moment younger
     */
    PoolDescription describe();

    /**
     * Shuts the pool down. From now on, each acquire and all who wait fail with {@link PoolClosedException}; idle
     * objects are destroyed at once, lent ones when they are released. Leases may end in peace until the drain is
     * over; then {@link PoolConfig#abortAtShutdown()}, if set, frees the rest.
     *
     * <p>A second call waits for the same end; its drain counts only if it is over earlier than the first.
     *
     * @param drain how long leases may last from now on; zero or negative doesn't wait for them
     * @return completes when every object is destroyed and every thread of the pool has been let go, or at the end of
     *     the drain if there is no abort hook and leases are still out: those objects are destroyed on release
     * @throws NullPointerException if {@code drain} is null
     */
    CompletableFuture<Void> shutdown(Duration drain);
}
