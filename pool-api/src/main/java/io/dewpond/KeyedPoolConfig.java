package io.dewpond;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * How a {@link KeyedPool} is to behave: an immutable value. A method with an argument returns a changed copy, the same name
 * without one reads the setting.
 *
 * <p>What holds for each key stands in a {@link PoolConfig}, with its defaults: {@code maxSize} is the maximum of a key,
 * the timeouts, the validator, the policies and all the rest are those of a pool. The ticker and the listener serve all keys; a
 * listener hears of one event at a time.
 *
 * <p>A null is refused where it is given; all else is checked in one place, when a pool is opened: see {@link #problems()}.
 *
 * @param <K> what tells the objects' kinds apart; its {@code equals} and {@code hashCode} are called as a map calls them
 * @param <T> what the pool lends
 */
public final class KeyedPoolConfig<K, T> {
    private static final int MAX_TOTAL = 100;

    private final KeyedFactory<K, T> factory;
    private final int maxTotal;
    private final PoolConfig<T> perKey;

    private KeyedPoolConfig(KeyedFactory<K, T> factory, int maxTotal, PoolConfig<T> perKey) {
        this.factory = factory;
        this.maxTotal = maxTotal;
        this.perKey = perKey;
    }

    /**
     * Returns the configuration of a pool of what the factory makes, with every other setting at its default.
     *
     * @param factory makes the objects
     * @param <K> what tells the objects' kinds apart
     * @param <T> what the pool lends
     * @return the configuration
     * @throws NullPointerException if {@code factory} is null
     */
    public static <K, T> KeyedPoolConfig<K, T> of(KeyedFactory<K, T> factory) {
        return new KeyedPoolConfig<>(
                Objects.requireNonNull(factory, "factory"), MAX_TOTAL, PoolConfig.of(new Keyless<>()));
    }

    /**
     * Lists what is wrong with this configuration: for each mistake a sentence that names the setting, its value and the
     * bound.
     *
     * @return the mistakes; empty if a pool can be opened with this configuration
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(perKey.problems());
        if (maxTotal < 1) {
            problems.add("maxTotal is " + maxTotal + ", but must be at least 1");
        }
        if (!perKey.warmUp().isZero()) {
            problems.add("warmUp is " + perKey.warmUp() + ", but must be zero where keys come and go");
        }
        if (perKey.registerMXBean()) {
            problems.add("registerMXBean is true, but must be false where keys come and go");
        }
        if (perKey.timings()) {
            problems.add("timings is true, but must be false where keys come and go");
        }
        if (perKey.beforeLend() != null) {
            problems.add("beforeLend is set, but is not called for objects by key: do it after the acquire");
        }
        if (!(perKey.factory() instanceof Keyless)) {
            problems.add("factory is set for each key, but must be the one that is told the key");
        }
        return List.copyOf(problems);
    }

    /**
     * Returns this configuration if a pool can be opened with it; for implementers of {@link KeyedPool}.
     *
     * @return this
     * @throws IllegalArgumentException if there are {@linkplain #problems() problems}; the message lists them all
     */
    public KeyedPoolConfig<K, T> requireValid() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Pool '" + name() + "' can't be opened: " + String.join("; ", problems));
        }
        return this;
    }

    /**
     * Returns what makes and destroys the objects.
     *
     * @return the factory
     */
    public KeyedFactory<K, T> factory() {
        return factory;
    }

    /**
     * Returns the pool's name. Messages name the key as well. Default: {@code pool}.
     *
     * @return the setting
     */
    public String name() {
        return perKey.name();
    }

    /**
     * Sets {@link #name()}.
     *
     * @param name not blank
     * @return a changed copy
     * @throws NullPointerException if {@code name} is null
     */
    public KeyedPoolConfig<K, T> name(String name) {
        return new KeyedPoolConfig<>(factory, maxTotal, perKey.name(name));
    }

    /**
     * Returns the most objects alive at once, of all keys together. Default: 100.
     *
     * @return the setting
     */
    public int maxTotal() {
        return maxTotal;
    }

    /**
     * Sets {@link #maxTotal()}.
     *
     * @param maxTotal at least 1; a key's own maximum may be greater, and then says nothing
     * @return a changed copy
     */
    public KeyedPoolConfig<K, T> maxTotal(int maxTotal) {
        return new KeyedPoolConfig<>(factory, maxTotal, perKey);
    }

    /**
     * Returns what holds for each key.
     *
     * @return the settings of a pool; the factory in it makes nothing, for it knows no key
     */
    public PoolConfig<T> perKey() {
        return perKey;
    }

    /**
     * Changes what holds for each key: {@code perKey(key -> key.maxSize(4).validator(Client::isAlive))}.
     *
     * @param change is given the present settings and returns those to be, and leaves the factory and {@code warmUp} alone
     * @return a changed copy
     * @throws NullPointerException if {@code change} is null, or returns null
     */
    public KeyedPoolConfig<K, T> perKey(UnaryOperator<PoolConfig<T>> change) {
        Objects.requireNonNull(change, "change");
        return new KeyedPoolConfig<>(
                factory, maxTotal, Objects.requireNonNull(change.apply(perKey), "what the change returns"));
    }

    /**
     * Returns the settings of the pool of one key, which has a name and a factory of its own; for implementers of {@link
     * KeyedPool}.
     *
     * @param key the key
     * @return what {@link #perKey()} says, with a factory that makes the objects of this key
     * @throws NullPointerException if {@code key} is null
     */
    public PoolConfig<T> forKey(K key) {
        Objects.requireNonNull(key, "key");
        return perKey.name(name() + "[" + word(key) + "]").factory(new ObjectFactory<>() {
            @Override
            public T create() throws Exception {
                return factory.create(key);
            }

            @Override
            public void destroy(T object) throws Exception {
                factory.destroy(key, object);
            }
        });
    }

    /** A key that can't say what it is called is no reason to lend nothing. */
    private static String word(Object key) {
        try {
            return String.valueOf(key.toString());
        } catch (RuntimeException thrown) {
            return key.getClass().getName();
        }
    }

    private static final class Keyless<T> implements ObjectFactory<T> {
        @Override
        public T create() {
            throw new UnsupportedOperationException("these are the settings of each key, and know no key");
        }

        @Override
        public void destroy(T object) {
            throw new UnsupportedOperationException("these are the settings of each key, and know no key");
        }
    }
}
