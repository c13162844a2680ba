package io.dewpond;

/**
 * What is done to an object at a turn of its life: {@link PoolConfig#afterCreate()}, {@link PoolConfig#beforeLend()}. What
 * is done when it comes back is a {@link Resetter}.
 *
 * <p>Runs in one thread at a time for one object, in several at once for several; it must be thread-safe. A hook that
 * throws anything has found the object bad, and has it destroyed.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface Hook<T> {
    /**
     * Does what is to be done.
     *
     * @param object an object that nobody else uses meanwhile
     * @throws Exception has the object destroyed, and is told to listeners
     */
    void run(T object) throws Exception;
}
