package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A policy that can't tell for how long an object will live is asked each time. It wasn't as long as the coarse time of the
 * hot path lay before the exact time at which the object was made.
 */
class FreshObjectIsJudgedTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @Tag("G40")
    void policyIsAskedRightAfterTheObjectWasMade() throws InterruptedException {
        PoolConfig<Resource> config = PoolConfig.of(new ScriptedFactory())
                .maxSize(1)
                .evictionPolicy((object, info) -> {
                    asked.incrementAndGet();
                    return false;
                });
        // The first few take so long that the coarse time moves on meanwhile.
        for (int round = 1; round <= 50; round++) {
            try (Pool<Resource> pool = Pools.open(config.name("round " + round))) {
                asked.set(0);
                pool.acquire().close();
                assertEquals(1, asked.get(), "asked on release");
            }
        }
    }
}
