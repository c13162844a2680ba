package io.dewpond;

import java.util.Objects;

/** No object is alive and none can be created; the cause is what the factory threw. */
public final class CreationFailedException extends PoolException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception; for implementers of {@link Pool}.
     *
     * @param pool the name of the pool
     * @param cause what the factory threw, or a description of how it failed otherwise
     */
    public CreationFailedException(String pool, Throwable cause) {
        super(
                pool,
                "Pool '" + pool + "' has no object and can't create one: " + cause,
                Objects.requireNonNull(cause, "cause"));
    }
}
