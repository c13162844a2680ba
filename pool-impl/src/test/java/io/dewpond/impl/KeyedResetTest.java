package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.KeyedFactory;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Resetter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A release by key takes the careful way each time, and yet resets only what needs it. */
class KeyedResetTest {
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger destroyed = new AtomicInteger();
    private final AtomicBoolean dirty = new AtomicBoolean();

    private final KeyedPool<String, Object> pool = Pools.openKeyed(KeyedPoolConfig.of(
                    KeyedFactory.of((String key) -> new Object(), object -> destroyed.incrementAndGet()))
            .perKey(key -> key.acquireTimeout(Duration.ofSeconds(10)).resetter(new Resetter<Object>() {
                @Override
                public void reset(Object object) {
                    resets.incrementAndGet();
                }

                @Override
                public boolean isNeeded(Object object) {
                    return dirty.get();
                }
            })));

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    @Tag("G46")
    void objectIsResetIfThatIsNeededAndNotOtherwise() throws InterruptedException {
        pool.acquire("a").close();
        assertEquals(0, resets.get());
        dirty.set(true);
        pool.acquire("a").close();
        assertEquals(1, resets.get());
        assertEquals(0, destroyed.get());
    }
}
