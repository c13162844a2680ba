package io.dewpond;

import java.time.Duration;
import java.util.List;

/**
 * Is told what happens in a pool.
 *
 * <p>Events arrive one after the other, in order, on a thread of the pool, outside every lock: a listener that is slow,
 * hangs or throws delays other events at most, never a borrower. If a listener is more than
 * {@value #MOST_PENDING} events behind, further ones are dropped.
 *
 * @param <T> what the pool lends
 */
public interface PoolListener<T> {
    /** How many events may wait for a slow listener. */
    int MOST_PENDING = 1024;

    /**
     * An object was created; also told if its creation had been given up by then, so that each object that is created is
     * destroyed or detached in the end.
     *
     * @param object the object, perhaps lent by now
     * @param took how long the factory took
     */
    default void created(T object, Duration took) {}

    /**
     * A creation failed.
     *
     * @param cause what the factory threw, or a {@link java.util.concurrent.TimeoutException} if it was given up
     */
    default void creationFailed(Throwable cause) {}

    /**
     * An object was destroyed; also told if the destruction threw.
     *
     * @param object the object
     * @param reason why
     */
    default void destroyed(T object, DestroyReason reason) {}

    /**
     * The {@link EvictionPolicy} evicts an object; {@link #destroyed} follows, with {@link DestroyReason#EVICTED}.
     *
     * @param object the object
     * @param reason why: what {@link EvictionPolicy#reason} said or, where that or the policy itself failed, what the pool
     *     says of it
     */
    default void evicted(T object, String reason) {}

    /**
     * A callback other than {@link Callback#CREATE} threw or was given up at its timeout.
     *
     * @param callback which one
     * @param cause what it threw, or a {@link java.util.concurrent.TimeoutException}
     */
    default void callbackFailed(Callback callback, Throwable cause) {}

    /**
     * A borrower got nothing.
     *
     * @param failure what the borrower was told
     */
    default void acquireFailed(PoolException failure) {}

    /**
     * A lease was garbage collected before anybody had ended it. Its object is destroyed, for whoever had the lease may
     * still use it. Found out when somebody waits in vain, and whenever the pool's maintenance has anything to do.
     *
     * @param holder who acquired it, when and, if recorded, where
     */
    default void leaseLost(LeaseHolder holder) {}

    /**
     * A lease is out for longer than {@link PoolConfig#overdueAfter()}; told once for each lease, while it lasts.
     *
     * @param holder who acquired it, when and, if recorded, where
     * @param stack what the thread that acquired it is doing now, the innermost call first; empty if it has ended
     */
    default void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {}

    /**
     * A lease that was told to be overdue has ended, in whatever way. Told within {@link
     * PoolConfig#maintenanceInterval()}, unless the pool's own end came before that of the lease.
     *
     * @param holder who had acquired it, where if recorded, and for how long it was out
     */
    default void overdueLeaseEnded(LeaseHolder holder) {}

    /**
     * A lease was out for longer than {@link PoolConfig#reclaimAfter()}, and was ended by the pool. Its object is destroyed.
     *
     * @param holder who had acquired it, when and, if recorded, where
     */
    default void leaseReclaimed(LeaseHolder holder) {}
}
