package io.dewpond.impl;

import io.dewpond.CreationFailedException;
import io.dewpond.Hook;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Opens pools. */
public final class Pools {
    private Pools() {}

    /**
     * Opens a pool.
     *
     * <p>Doesn't block, unless the configuration asks to {@linkplain PoolConfig#warmUp() warm up}: then it returns when
     * {@link PoolConfig#minIdle()} objects are ready, and an interrupt ends the waiting early, with the interrupt flag
     * kept. A pool that isn't opened leaves nothing behind, no thread and no object.
     *
     * @param config how the pool is to behave
     * @param <T> what the pool lends
     * @return the pool, open; close it when done
     * @throws IllegalArgumentException if the configuration has {@linkplain PoolConfig#problems() problems}
     * @throws CreationFailedException if the warm-up doesn't succeed in time or, in a pool that
     *     {@linkplain PoolConfig#failFast() fails fast}, as soon as a creation fails
     * @throws IllegalStateException if the pool is to be {@linkplain PoolConfig#registerMXBean() registered with JMX}, and
     *     another of its name is, or the module {@code java.management} isn't there
     * @throws NullPointerException if {@code config} is null
     */
    public static <T> Pool<T> open(PoolConfig<T> config) {
        Objects.requireNonNull(config, "config").requireValid();
        SlotPool<T> pool = new SlotPool<>(config);
        pool.start();
        Hook<? super T> beforeLend = config.beforeLend();
        return beforeLend == null ? pool : new HookedPool<>(pool, beforeLend);
    }

    /**
     * Opens a pool that lends the given objects, as {@link #of(Collection, UnaryOperator)} with every setting at its
     * default.
     *
     * @param first an object to lend
     * @param more others, each a different object
     * @param <T> what the pool lends
     * @return the pool, open; close it when done
     * @throws IllegalArgumentException if an object is given twice
     * @throws NullPointerException if an object is null
     */
    @SafeVarargs
    public static <T> Pool<T> of(T first, T... more) {
        List<T> objects = new ArrayList<>(more.length + 1);
        objects.add(first);
        for (T object : more) {
            objects.add(object);
        }
        return of(objects);
    }

    /**
     * Opens a pool that lends the given objects, as {@link #of(Collection, UnaryOperator)} with every setting at its
     * default.
     *
     * @param objects what to lend, each a different object
     * @param <T> what the pool lends
     * @return the pool, open; close it when done
     * @throws IllegalArgumentException if there is no object, or one is given twice
     * @throws NullPointerException if {@code objects} or one of them is null
     */
    public static <T> Pool<T> of(Collection<? extends T> objects) {
        return of(objects, UnaryOperator.identity());
    }

    /**
     * Opens a pool that lends the given objects, creates none and destroys none. All are ready when this method returns,
     * which never blocks.
     *
     * <p>An object that is invalidated, lost, taken for bad by the validator or the resetter, or evicted is not lent again:
     * like one that is detached it has left the pool for good, and the pool's {@code maxSize} is smaller by one from then
     * on, which is logged as a warning. {@link io.dewpond.PoolListener#destroyed} tells why, and is the place to dispose of
     * the object; {@link io.dewpond.PoolStats#destroyed()} counts what has left so. When the last has left, whoever waits,
     * and whoever acquires from then on, gets a {@link CreationFailedException} at once.
     *
     * <p>{@link io.dewpond.PoolControl#resize}, {@code refresh}, {@code replaceFactory} and {@code evictIdle} throw
     * {@link UnsupportedOperationException}, for there are no others to put in their place. Shutting down ends the lending;
     * the objects are the caller's again as they are released.
     *
     * @param objects what to lend, each a different object (by identity), and nobody else's as long as the pool is open
     * @param settings changes the settings, from a configuration with the right {@code maxSize}, which must stay, as must
     *     the {@code factory}; {@code minIdle} and {@code validateAfterCreate} have no meaning here and are refused
     * @param <T> what the pool lends
     * @return the pool, open; close it when done. Its configuration opens no second pool
     * @throws IllegalArgumentException if there is no object, one is given twice, or the settings have problems
     * @throws NullPointerException if an argument or an object is null, or {@code settings} returns null
     */
    public static <T> Pool<T> of(Collection<? extends T> objects, UnaryOperator<PoolConfig<T>> settings) {
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(settings, "settings");
        Stock<T> stock = Stock.of(objects);
        return open(stock.requireFit(Objects.requireNonNull(settings.apply(stock.config()), "settings")));
    }

    /**
     * Opens a pool of objects that are made for keys. Doesn't block.
     *
     * @param config how the pool is to behave
     * @param <K> what tells the objects' kinds apart
     * @param <T> what the pool lends
     * @return the pool, open; close it when done
     * @throws IllegalArgumentException if the configuration has {@linkplain KeyedPoolConfig#problems() problems}
     * @throws NullPointerException if {@code config} is null
     */
    public static <K, T> KeyedPool<K, T> openKeyed(KeyedPoolConfig<K, T> config) {
        return new KeyedSlotPool<>(Objects.requireNonNull(config, "config").requireValid());
    }
}
