package io.dewpond;

/**
 * Tells whether an object is still fit to be lent. <i>When</i> it is asked is the configuration's business:
 * {@link PoolConfig#validateAfterIdle()}, {@link PoolConfig#validateEvery()}, {@link PoolConfig#validateOnRelease()},
 * {@link PoolConfig#validateAfterCreate()}.
 *
 * <p>Asked by one thread at a time for one object, by several at once for several; an implementation must be
 * thread-safe. Runs on a thread of the pool, bounded by {@link PoolConfig#validationTimeout()}; only on release it runs
 * in the thread that ends the lease. A validator that throws anything has found the object bad.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface Validator<T> {
    /**
     * Checks an object.
     *
     * @param object an object that nobody else uses meanwhile
     * @return whether the object may be lent
     * @throws Exception means the same as false, and is told to listeners
     */
    boolean isValid(T object) throws Exception;
}
