package io.dewpond;

import java.util.Objects;

/**
 * Makes the objects of a {@link KeyedPool}, and unmakes them.
 *
 * <p>What {@link ObjectFactory} says of threads, timeouts and exceptions holds here too; the bounds on how many calls run
 * at once are each key's own, so the factory must be thread-safe for one key as well as for several.
 *
 * @param <K> what tells the objects' kinds apart
 * @param <T> what the factory makes
 */
public interface KeyedFactory<K, T> {
    /**
     * Creates an object for a key. May block, up to {@link PoolConfig#createTimeout()}: then the pool interrupts the
     * thread, gives the creation up, and destroys the object if it comes after all. Meanwhile no other key waits for it.
     *
     * @param key for which key, never null
     * @return the object, not null; the pool treats null as a failure
     * @throws Exception if there can be no object for this key now; those who wait for it learn of it when their deadlines
     *     pass, and the pool tries again after a growing delay
     */
    T create(K key) throws Exception;

    /**
     * Destroys an object. Called exactly once for each object created and not detached, never while it is lent. May
     * block, up to {@link PoolConfig#destroyTimeout()}: then the pool interrupts the thread and goes on without it.
     *
     * @param key for which key the object was created
     * @param object an object that {@link #create} returned
     * @throws Exception is logged and told to listeners; the object counts as destroyed
     */
    void destroy(K key, T object) throws Exception;

    /**
     * Makes a factory of two functions: {@code KeyedFactory.of(Client::connect, Client::close)}.
     *
     * @param create creates an object for a key
     * @param destroy destroys an object
     * @param <K> what tells the objects' kinds apart
     * @param <T> what the factory makes
     * @return the factory
     * @throws NullPointerException if an argument is null
     */
    static <K, T> KeyedFactory<K, T> of(
            Creation<? super K, ? extends T> create, ObjectFactory.Disposal<? super T> destroy) {
        Objects.requireNonNull(create, "create");
        Objects.requireNonNull(destroy, "destroy");
        return new KeyedFactory<>() {
            @Override
            public T create(K key) throws Exception {
                return create.create(key);
            }

            @Override
            public void destroy(K key, T object) throws Exception {
                destroy.dispose(object);
            }
        };
    }

    /**
     * One way to make an object for a key.
     *
     * @param <K> the type of the key
     * @param <T> the type of the object
     */
    @FunctionalInterface
    interface Creation<K, T> {
        /**
         * Makes an object.
         *
         * @param key for which key, never null
         * @return the object, not null
         * @throws Exception if there can be none now
         */
        T create(K key) throws Exception;
    }
}
