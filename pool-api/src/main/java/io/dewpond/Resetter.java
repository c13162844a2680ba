package io.dewpond;

/**
 * Cleans an object between two borrowers, so that the next inherits nothing of the last.
 *
 * <p>Runs in the thread that closes the lease, on every close, before anybody else can have the object. A resetter that
 * throws anything has the object destroyed; the {@code close()} returns normally all the same.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface Resetter<T> {
    /**
     * Puts the object back into the state in which the next borrower expects it.
     *
     * @param object an object that nobody else uses meanwhile
     * @throws Exception if that can't be done; the object is destroyed then
     */
    void reset(T object) throws Exception;
}
