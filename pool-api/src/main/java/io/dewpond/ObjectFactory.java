package io.dewpond;

import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Makes the objects of a pool, and unmakes them.
 *
 * <p>Both methods run on threads of the pool, never in a borrower's, several at once up to
 * {@link PoolConfig#maxConcurrentCreations()}; an implementation must be thread-safe. Whatever a method throws, an
 * {@code Error} too, the place in the pool comes back.
 *
 * @param <T> what the factory makes
 */
public interface ObjectFactory<T> {
    /**
     * Creates an object. May block, up to {@link PoolConfig#createTimeout()}: then the pool interrupts the thread,
     * gives the creation up, and destroys the object if it comes after all.
     *
     * @return the object, not null; the pool treats null as a failure
     * @throws Exception if there can be no object now; waiting borrowers learn of it when their deadlines pass, and
     *     the pool tries again after a growing delay
     */
    T create() throws Exception;

    /**
     * Destroys an object. Called exactly once for each object created and not detached, never while it is lent. May
     * block, up to {@link PoolConfig#destroyTimeout()}: then the pool interrupts the thread and goes on without it.
     *
     * @param object an object that {@link #create()} returned
     * @throws Exception is logged and told to listeners; the object counts as destroyed
     */
    void destroy(T object) throws Exception;

    /**
     * Makes a factory of two functions: {@code ObjectFactory.of(Parser::open, Parser::close)}.
     *
     * @param create creates an object
     * @param destroy destroys an object
     * @param <T> what the factory makes
     * @return the factory
     * @throws NullPointerException if an argument is null
     */
    static <T> ObjectFactory<T> of(Callable<? extends T> create, Disposal<? super T> destroy) {
        Objects.requireNonNull(create, "create");
        Objects.requireNonNull(destroy, "destroy");
        return new ObjectFactory<>() {
            @Override
            public T create() throws Exception {
                return create.call();
            }

            @Override
            public void destroy(T object) throws Exception {
                destroy.dispose(object);
            }
        };
    }

    /**
     * One way to be rid of an object.
     *
     * @param <T> the type of the object
     */
    @FunctionalInterface
    interface Disposal<T> {
        /**
         * Disposes of the object.
         *
         * @param object the object, which nobody uses afterwards
         * @throws Exception if that failed; it is not tried again
         */
        void dispose(T object) throws Exception;
    }
}
