package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.dewpond.ObjectFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a pool expects of every {@link ObjectFactory}, as tests: extend this class and name your factory.
 *
 * @param <T> what the factory makes
 */
public abstract class FactoryContract<T> {
    private static final int AT_ONCE = 4;

    /** For subclasses. */
    protected FactoryContract() {}

    /**
     * Returns the factory under test, ready to create.
     *
     * @return the factory
     */
    protected abstract ObjectFactory<T> factory();

    /**
     * Returns how long one call may take at most; set the pool's {@code createTimeout} no lower. Default: 10 s.
     *
     * @return the bound
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Test
    void eachCreationGivesAnObjectOfItsOwn() throws Exception {
        ObjectFactory<T> factory = factory();
        T first = created(factory);
        T second = created(factory);
        assertNotNull(first);
        assertNotNull(second);
        assertNotSame(first, second);
        destroy(factory, first);
        destroy(factory, second);
    }

    @Test
    void destroyingOneObjectLeavesTheFactoryWorking() throws Exception {
        ObjectFactory<T> factory = factory();
        destroy(factory, created(factory));
        destroy(factory, created(factory));
    }

    @Test
    void severalThreadsMayCreateAndDestroyAtOnce() throws Exception {
        ObjectFactory<T> factory = factory();
        Set<T> made = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        Race.between(IntStream.range(0, AT_ONCE)
                .mapToObj(i -> (Callable<?>) () -> made.add(created(factory)))
                .toArray(Callable<?>[]::new));
        assertEquals(AT_ONCE, made.size(), "distinct objects");
        Race.between(made.stream()
                .map(object -> (Callable<?>) () -> {
                    destroy(factory, object);
                    return object;
                })
                .toArray(Callable<?>[]::new));
    }

    @Test
    void interruptedCreationEnds() throws Exception {
        ObjectFactory<T> factory = factory();
        T object;
        try {
            object = Bounded.call("an interrupted create", patience(), true, factory::create);
        } catch (Exception gaveUp) {
            return;
        }
        assertNotNull(object, "a creation that ignores the interrupt gives an object all the same");
        destroy(factory, object);
    }

    private T created(ObjectFactory<T> factory) throws Exception {
        return Bounded.call("create", patience(), factory::create);
    }

    private void destroy(ObjectFactory<T> factory, T object) throws Exception {
        Object unused = Bounded.call("destroy", patience(), () -> {
            factory.destroy(object);
            return object;
        });
    }
}
