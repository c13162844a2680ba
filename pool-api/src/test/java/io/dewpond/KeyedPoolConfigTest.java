package io.dewpond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedPoolConfigTest {
    private final List<String> destroyed = new ArrayList<>();
    private final KeyedPoolConfig<String, String> config =
            KeyedPoolConfig.of(KeyedFactory.of(key -> "object of " + key, destroyed::add));

    @Test
    void defaultsAreValid() {
        assertEquals(List.of(), config.problems());
        assertSame(config, config.requireValid());
        assertEquals(100, config.maxTotal());
        assertEquals("pool", config.name());
    }

    @Test
    void changeLeavesTheOriginal() {
        KeyedPoolConfig<String, String> changed =
                config.name("hosts").maxTotal(7).perKey(key -> key.maxSize(3));
        assertNotSame(config, changed);
        assertEquals(100, config.maxTotal());
        assertEquals(7, changed.maxTotal());
        assertEquals("hosts", changed.name());
        assertEquals(3, changed.perKey().maxSize());
        assertSame(config.factory(), changed.factory());
    }

    @Test
    void perKeyChangesWhatWasSetBefore() {
        PoolConfig<String> settings = config.perKey(key -> key.maxSize(3))
                .perKey(key -> key.minIdle(2))
                .perKey();
        assertEquals(3, settings.maxSize());
        assertEquals(2, settings.minIdle());
    }

    @Test
    void poolOfAKeyBearsItsNameAndMakesItsObjects() throws Exception {
        PoolConfig<String> own =
                config.name("hosts").perKey(key -> key.maxSize(3)).forKey("a");
        assertEquals("hosts[a]", own.name());
        assertEquals(3, own.maxSize());
        assertEquals("object of a", own.factory().create());
        own.factory().destroy("x");
        assertEquals(List.of("x"), destroyed);
        assertEquals(List.of(), own.problems());
    }

    @Test
    void keyThatCanNotSayItsNameIsNamedByItsClass() {
        Object mute = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no name");
            }
        };
        KeyedPoolConfig<Object, String> any = KeyedPoolConfig.of(KeyedFactory.of(key -> "object", object -> {}));
        assertEquals("pool[" + mute.getClass().getName() + "]", any.forKey(mute).name());
    }

    @Test
    void problemsAreRefusedInWords() {
        KeyedPoolConfig<String, String> bad = config.maxTotal(0)
                .perKey(key -> key.maxSize(0).minIdle(0).factory(ObjectFactory.of(() -> "keyless", object -> {})));
        assertEquals(
                List.of(
                        "maxSize is 0, but must be at least 1",
                        "maxTotal is 0, but must be at least 1",
                        "factory is set for each key, but must be the one that is told the key"),
                bad.problems());
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, bad::requireValid);
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("Pool 'pool' can't be opened: maxSize is 0"));
    }

    @Test
    void warmUpIsRefused() {
        assertEquals(
                List.of("warmUp is PT1S, but must be zero where keys come and go"),
                config.perKey(key -> key.minIdle(1).warmUp(Duration.ofSeconds(1)))
                        .problems());
    }

    @Test
    void nullsAreRefused() {
        assertThrows(NullPointerException.class, () -> KeyedPoolConfig.of(nothing()));
        assertThrows(NullPointerException.class, () -> config.perKey(nothing()));
        assertThrows(NullPointerException.class, () -> config.perKey(key -> nothing()));
        assertThrows(NullPointerException.class, () -> config.name(nothing()));
        assertThrows(NullPointerException.class, () -> config.forKey(nothing()));
    }

    @Test
    void settingsOfAKeyAloneMakeNothing() {
        ObjectFactory<String> keyless = config.perKey().factory();
        assertThrows(UnsupportedOperationException.class, keyless::create);
        assertThrows(UnsupportedOperationException.class, () -> keyless.destroy("x"));
    }

    @Test
    void whatBelongsToOnePoolIsRefused() {
        assertEquals(
                List.of(
                        "registerMXBean is true, but must be false where keys come and go",
                        "timings is true, but must be false where keys come and go",
                        "beforeLend is set, but is not called for objects by key: do it after the acquire"),
                config.perKey(key -> key.registerMXBean(true).timings(true).beforeLend(object -> {}))
                        .problems());
    }

    @Test
    void numbersOfKeysAddUp() {
        PoolStats key =
                new PoolStats(9, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, false, Map.of(), Map.of());
        KeyedPoolStats sum = KeyedPoolStats.none(50).plus(key).plus(key);
        assertEquals(new KeyedPoolStats(50, 2, 2, 4, 6, 8, 10, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32), sum);
        assertEquals(20, sum.total());
        assertEquals(7, sum.withKeys(7).keys());
        assertEquals(30, sum.withKeys(7).lost());
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a caller without null checks may pass
    private static <T> T nothing() {
        @Nullable T none = null;
        return none;
    }
}
