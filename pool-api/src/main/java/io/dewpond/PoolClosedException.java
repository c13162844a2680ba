package io.dewpond;

/** The pool is shut down, or was while the borrower waited. */
public final class PoolClosedException extends PoolException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     */
    public PoolClosedException(String pool) {
        super(pool, "Pool '" + pool + "' is closed", null);
    }
}
