package io.dewpond;

import java.util.Map;

/**
 * A pool as JMX shows it, under the name {@code io.dewpond:type=Pool,name=…}; the pool's name is quoted there if it has a
 * character that has a meaning in such names. See {@link PoolConfig#registerMXBean()}.
 *
 * <p>Each attribute is read by itself, so that two of them may be true of different moments; {@link #getDescription()} is a
 * picture of one. Nothing here shows the configuration of what the pool lends, such as a password; but the description tells
 * the last failure of a creation, in the factory's own words, and the names of threads.
 */
public interface PoolMXBean {
    /**
     * Returns the name of the pool.
     *
     * @return the name
     */
    String getName();

    /**
     * Returns the most objects that may be alive at once.
     *
     * @return the number
     */
    int getMaxSize();

    /**
     * Returns how many objects the pool keeps ready.
     *
     * @return the number
     */
    int getMinIdle();

    /**
     * Returns how many objects wait to be lent.
     *
     * @return the number
     */
    int getIdle();

    /**
     * Returns how many objects are lent.
     *
     * @return the number
     */
    int getLeased();

    /**
     * Returns how many creations are in flight.
     *
     * @return the number
     */
    int getCreating();

    /**
     * Returns how many objects are being validated, reset, judged or destroyed.
     *
     * @return the number
     */
    int getInMaintenance();

    /**
     * Returns how many borrowers wait.
     *
     * @return the number
     */
    int getWaiting();

    /**
     * Returns how many callbacks were given up at their timeouts and still hang.
     *
     * @return the number
     */
    int getAbandoned();

    /**
     * Returns how many leases were given.
     *
     * @return the number
     */
    long getAcquired();

    /**
     * Returns how many acquires ended at their deadlines.
     *
     * @return the number
     */
    long getTimedOut();

    /**
     * Returns how many acquires were refused because too many waited.
     *
     * @return the number
     */
    long getRejected();

    /**
     * Returns how many objects were made.
     *
     * @return the number
     */
    long getCreated();

    /**
     * Returns how many creations failed.
     *
     * @return the number
     */
    long getCreationFailures();

    /**
     * Returns how many objects were destroyed.
     *
     * @return the number
     */
    long getDestroyed();

    /**
     * Returns how many objects were taken out for good.
     *
     * @return the number
     */
    long getDetached();

    /**
     * Returns how many calls of a callback other than a creation threw or were given up.
     *
     * @return the number
     */
    long getCallbackFailures();

    /**
     * Returns how many leases were garbage collected before they had ended.
     *
     * @return the number
     */
    long getLost();

    /**
     * Returns how many leases were ended by the pool because they were out for too long.
     *
     * @return the number
     */
    long getReclaimed();

    /**
     * Returns how many objects were destroyed for each reason for which any was.
     *
     * @return {@link PoolStats#destructions()}
     */
    Map<DestroyReason, Long> getDestructions();

    /**
     * Returns how many objects were evicted for each reason of the policy.
     *
     * @return {@link PoolStats#evictions()}
     */
    Map<String, Long> getEvictions();

    /**
     * Tells whether the pool lends nothing because it is {@linkplain PoolControl#suspend() suspended}.
     *
     * @return whether it is
     */
    boolean isSuspended();

    /**
     * Returns a {@linkplain PoolControl#describe() picture} of the pool in several lines.
     *
     * @return the text
     */
    String getDescription();

    /**
     * As {@link PoolControl#resize}.
     *
     * @param minIdle how many objects to keep ready
     * @param maxSize the most objects alive at once
     * @throws IllegalArgumentException if a value is out of range
     * @throws PoolClosedException if the pool is shut down
     */
    void resize(int minIdle, int maxSize);

    /**
     * As {@link PoolControl#refresh()}, and doesn't wait for its end.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void refresh();

    /**
     * As {@link PoolControl#evictIdle()}.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void evictIdle();

    /**
     * As {@link PoolControl#suspend()}.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void suspend();

    /**
     * As {@link PoolControl#resume()}.
     *
     * @throws PoolClosedException if the pool is shut down
     */
    void resume();
}
