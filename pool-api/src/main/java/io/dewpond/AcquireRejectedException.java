package io.dewpond;

/** The acquire was refused at once, because as many borrowers wait already as {@link PoolConfig#maxWaiters()} allows. */
public final class AcquireRejectedException extends PoolException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception; for implementers of {@link Pool}.
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
    }
}
