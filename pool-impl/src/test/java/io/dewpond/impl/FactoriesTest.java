package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.ObjectFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G51")
class FactoriesTest {
    private final ObjectFactory<String> first = factory();
    private final ObjectFactory<String> second = factory();
    private final ObjectFactory<String> third = factory();
    private final Factories<String> factories = new Factories<>(first);

    private static ObjectFactory<String> factory() {
        return ObjectFactory.of(() -> "object", object -> {});
    }

    @Test
    void epochTellsWhichFactoryMadeAnObject() {
        factories.adopt(second, 4, 0);
        factories.adopt(third, 5, 0);
        assertSame(first, factories.of(0));
        assertSame(first, factories.of(3));
        assertSame(second, factories.of(4));
        assertSame(third, factories.of(5));
        assertSame(third, factories.of(6));
    }

    @Test
    void factoryOfWhichNothingIsLeftIsForgotten() {
        factories.adopt(second, 4, 3);
        assertEquals(2, factories.known(), "something of the last epoch of the first is left");
        factories.adopt(third, 6, 4);
        assertEquals(2, factories.known(), "nothing of the first is left, something of the second is");
        assertSame(second, factories.of(4));
        assertSame(third, factories.of(6));
    }
}
