package io.dewpond;

/**
 * Decides for one pool who of those that wait is still to be served. Made by {@link AdmissionPolicy#open()} when a pool is
 * opened, and may keep state: the pool asks under its lock, so one call at a time, and each sees what the one before it
 * wrote.
 *
 * <p>Asked when an object is about to go to the queue, and then only: about the oldest waiter, again and again until one is
 * to be kept or nobody waits any more. An object that nobody waits for doesn't ask, nor does a borrower who is served at
 * once. So while nothing comes free nobody is shed, and those who wait leave at their deadlines, as ever.
 *
 * <p>Since it runs under the lock, it must be quick, must not block, and must not call the pool. Whatever it throws sheds
 * nobody, and is counted and told as a failure of {@link Callback#ADMIT}.
 */
@FunctionalInterface
public interface Admission {
    /**
     * Decides whether the oldest waiter is shed: its acquire fails with an {@link AcquireRejectedException} at once.
     *
     * @param waitedNanos for how long it has waited, in nanoseconds; not negative
     * @param now the {@linkplain Ticker#nanoTime() reading of the pool's ticker}, in nanoseconds
     * @param waiting how many wait, the oldest included; at least 1
     * @return whether to shed it
     */
    boolean sheds(long waitedNanos, long now, int waiting);

    /**
     * Tells whether the object goes to the newest waiter rather than to the oldest. Asked after {@link #sheds}, for the same
     * object, if anybody still waits. The default is false: in order of arrival.
     *
     * @return whether to serve the newest first
     */
    default boolean newestFirst() {
        return false;
    }
}
