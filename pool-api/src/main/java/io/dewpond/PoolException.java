package io.dewpond;

import org.jspecify.annotations.Nullable;

/** What a pool throws when it can't lend. Each message names the pool. */
public abstract sealed class PoolException extends RuntimeException
        permits AcquireTimeoutException, AcquireRejectedException, CreationFailedException, PoolClosedException {
    private static final long serialVersionUID = 1;

    /** The name of the pool. */
    private final String pool;

    PoolException(String pool, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.pool = pool;
    }

    /**
     * Returns the name of the pool.
     *
     * @return the name it was {@linkplain PoolConfig#name() configured} with
     */
    public String pool() {
        return pool;
    }
}
