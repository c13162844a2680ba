package io.dewpond.impl;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a pool was given, as its factory: one that makes nothing, for there are no others, and destroys nothing.
 * Its presence tells the {@link Terms} that no place is filled a second time.
 *
 * <h2>Why what leaves has left for good</h2>
 *
 * An object leaves because somebody found it bad, has it still, or took it away. To lend it again would break what {@link
 * io.dewpond.Lease} says of {@code invalidate} and {@code detach}, and might lend a lost one twice at once. To have it come
 * back after a time, or a check, is what an ordinary factory over a queue can do, in whatever way is right for the object.
 */
final class Stock<T> implements ObjectFactory<T> {
    private final int size;
    /** Until they are handed out: what is detached then is nobody's here. */
    private final AtomicReference<@Nullable List<T>> objects;

    private Stock(List<T> objects) {
        size = objects.size();
        this.objects = new AtomicReference<>(objects);
    }

    static <T> Stock<T> of(Collection<? extends T> given) {
        List<T> objects = new ArrayList<>(given);
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("A pool of no objects can't be opened: give it at least one");
        }
        Set<T> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < objects.size(); i++) {
            T object = Objects.requireNonNull(objects.get(i), "an object");
            if (!distinct.add(object)) {
                throw new IllegalArgumentException("Object number " + (i + 1)
                        + " was given before: a pool that has it twice would lend it to two borrowers at once");
            }
        }
        return new Stock<>(objects);
    }

    /** How a pool of these is to behave if nobody says otherwise. */
    PoolConfig<T> config() {
        return PoolConfig.of(this).maxSize(size);
    }

    /** Returns the configuration if a pool of these can be opened with it. */
    PoolConfig<T> requireFit(PoolConfig<T> config) {
        List<String> problems = new ArrayList<>();
        if (config.factory() != this) {
            problems.add("factory must be left as it is where the objects are given");
        }
        if (config.maxSize() != size) {
            problems.add("maxSize is " + config.maxSize() + ", but must be " + size + ", the number of objects given");
        }
        if (config.minIdle() != 0) {
            problems.add("minIdle is " + config.minIdle() + ", but must be 0 where nothing is created");
        }
        if (config.validateAfterCreate()) {
            problems.add("validateAfterCreate is true, but must be false where nothing is created");
        }
        problems.addAll(config.maxSize() == size ? config.problems() : List.of());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "Pool '" + config.name() + "' can't be opened: " + String.join("; ", problems));
        }
        return config;
    }

    /** Hands the objects out, once: two pools must not lend the same. */
    List<T> take() {
        List<T> taken = objects.getAndSet(null);
        if (taken == null) {
            throw new IllegalArgumentException("The objects of this configuration are lent by another pool already");
        }
        return taken;
    }

    /** What borrowers are told when the last has left. */
    Throwable spent() {
        return new NoSuchElementException(
                size == 1
                        ? "the only object that it was given has left it"
                        : "all " + size + " objects that it was given have left it");
    }

    @Override
    public T create() {
        throw new IllegalStateException("bug: a pool of given objects creates none");
    }

    @Override
    public void destroy(T object) {
        // It is its owner's, who may still need it.
    }
}
