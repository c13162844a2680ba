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

    /**
     * Tells whether the borrower has left anything to clean. If not the release asks no further, which makes it as cheap
     * as one without a resetter.
     *
     * <p>This is a glance, no call to the other side: it must be fast, not block, change nothing, and be safe for use by
     * several threads, for a lease may be closed by two at once. A resetter that can't tell, as a lambda can't, says true.
     * One that throws has the object reset.
     *
     * @param object the object
     * @return false if {@link #reset} would do nothing
     */
    default boolean isNeeded(T object) {
        return true;
    }
}
