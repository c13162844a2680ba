package io.dewpond;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No object could be had in time. The message tells the whole story: how long the borrower waited, what the pool was
 * doing, who has held its objects longest, whether the borrower was waiting for itself and, as the cause, how the last
 * creation failed, if it did.
 */
public final class AcquireTimeoutException extends PoolException {
    private static final long serialVersionUID = 1;

    /** How long the borrower waited. */
    private final Duration waited;

    /** Whether it was waiting for itself. */
    private final boolean selfDeadlock;

    private final transient @Nullable PoolStats stats;
    private final transient @Nullable List<LeaseHolder> holders;

    /**
     * Makes the exception; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     * @param waited how long the borrower waited
     * @param stats the pool's numbers when it gave up
     * @param holders who holds objects, longest first; may be cut short
     * @param selfDeadlock whether the thread that gave up had acquired all there is itself
     * @param lastFailure how the last creation failed, if it failed; becomes the cause
     */
    public AcquireTimeoutException(
            String pool,
            Duration waited,
            PoolStats stats,
            List<LeaseHolder> holders,
            boolean selfDeadlock,
            @Nullable Throwable lastFailure) {
        super(pool, TimeoutMessage.of(pool, waited, stats, holders, selfDeadlock, lastFailure), lastFailure);
        this.waited = waited;
        this.selfDeadlock = selfDeadlock;
        this.stats = stats;
        this.holders = List.copyOf(holders);
    }

    /**
     * Returns how long the borrower waited.
     *
     * @return about its timeout; zero if it wasn't ready to wait
     */
    public Duration waited() {
        return waited;
    }

    /**
     * Tells whether the borrower was waiting for itself: all that may be alive at once was lent, and to the very thread
     * that gave up. Unless it had passed a lease on to another thread, no wait would have been long enough.
     *
     * @return false for a future of {@link Pool#acquireAsync}, for which no thread waits
     */
    public boolean selfDeadlock() {
        return selfDeadlock;
    }

    /**
     * Returns the pool's numbers when the borrower gave up.
     *
     * @return the numbers; null after deserialization
     */
    public @Nullable PoolStats stats() {
        return stats;
    }

    /**
     * Returns who holds objects, longest first.
     *
     * @return the oldest holders, not all of a large pool; empty after deserialization
     */
    public List<LeaseHolder> holders() {
        return holders == null ? List.of() : holders;
    }
}
