package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.EvictionPolicy;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MakeBeforeBreakTest {
    @Test
    @Tag("G42")
    void spareIsReplacedBeforeItIsTooOld() {
        ManualTicker ticker = new ManualTicker();
        ScriptedFactory factory = new ScriptedFactory();
        PoolConfig<Resource> config = PoolConfig.of(factory)
                .ticker(ticker)
                .maxSize(2)
                .minIdle(1)
                .evictionPolicy(EvictionPolicy.olderThan(Duration.ofSeconds(100)));
        try (Pool<Resource> pool = Pools.open(config)) {
            Awaitility.await().until(() -> pool.stats().idle() == 1);
            ticker.advance(Duration.ofSeconds(92));
            Awaitility.await().until(() -> pool.stats().idle() == 2);
            assertEquals(0, pool.stats().destroyed());
            ticker.advance(Duration.ofSeconds(8));
            Awaitility.await().until(() -> pool.stats().destroyed() == 1);
            assertEquals(2, factory.made().size());
            assertEquals(1, pool.stats().idle());
        }
    }
}
