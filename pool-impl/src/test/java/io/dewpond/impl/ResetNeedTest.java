package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.Resetter;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A resetter that can tell whether it is needed is called when it is, or when it fails to tell. */
class ResetNeedTest {
    private final List<Resource> cleaned = new ArrayList<>();
    private long failures;

    @Test
    @Tag("G46")
    void whatNeedsNoResetIsReleasedWithoutOne() throws InterruptedException {
        assertEquals(0, resets(() -> false));
        assertEquals(1, resets(() -> true));
    }

    @Test
    @Tag("G46")
    void whoFailsToTellIsCalled() throws InterruptedException {
        assertEquals(1, resets(() -> {
            throw new IllegalStateException("can't tell");
        }));
        assertEquals(1, failures);
    }

    private int resets(BooleanSupplier needed) throws InterruptedException {
        cleaned.clear();
        Resetter<Resource> resetter = new Resetter<>() {
            @Override
            public void reset(Resource object) {
                cleaned.add(object);
            }

            @Override
            public boolean isNeeded(Resource object) {
                return needed.getAsBoolean();
            }
        };
        try (Pool<Resource> pool =
                Pools.open(PoolConfig.of(new ScriptedFactory()).resetter(resetter))) {
            pool.acquire().close();
            assertEquals(1, pool.stats().idle());
            failures = pool.stats().callbackFailures();
        }
        return cleaned.size();
    }
}
