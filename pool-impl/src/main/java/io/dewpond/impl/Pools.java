package io.dewpond.impl;

import io.dewpond.CreationFailedException;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.util.Objects;

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
     * @throws NullPointerException if {@code config} is null
     */
    public static <T> Pool<T> open(PoolConfig<T> config) {
        Objects.requireNonNull(config, "config").requireValid();
        SlotPool<T> pool = new SlotPool<>(config);
        pool.start();
        return pool;
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
