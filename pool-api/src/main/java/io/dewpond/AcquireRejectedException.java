package io.dewpond;

import java.time.Duration;

/**
 * The acquire was refused: at once, because as many borrowers wait already as {@link PoolConfig#maxWaiters()} allows; or
 * after it had waited for a while, because the {@linkplain PoolConfig#admission() admission policy} shed it.
 */
public final class AcquireRejectedException extends PoolException {
    private static final long serialVersionUID = 1;

    /** How long the borrower had waited. */
    private final Duration waited;

    /**
     * Makes the exception for a borrower who may not wait; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     * @param waiting how many wait
     */
    public AcquireRejectedException(String pool, int waiting) {
        super(
                pool,
                "Pool '" + pool + "' refused an acquire: " + waiting
                        + " borrowers wait already, and maxWaiters allows no more",
                null);
        waited = Duration.ZERO;
    }

    /**
     * Makes the exception for a borrower who was shed; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     * @param waited how long the borrower had waited
     * @param waiting how many others waited then
     * @param policy what the {@link AdmissionPolicy} says of itself
     */
    public AcquireRejectedException(String pool, Duration waited, int waiting, String policy) {
        super(
                pool,
                "Pool '" + pool + "' is overloaded and shed an acquire: its queueing delay was "
                        + TimeoutMessage.readable(waited) + ", " + waiting + " still wait (admission: " + policy + ")",
                null);
        this.waited = waited;
    }

    /**
     * Returns how long the borrower had waited.
     *
     * @return zero if it wasn't let into the queue
     */
    public Duration waited() {
        return waited;
    }
}
