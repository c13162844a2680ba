package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SuspicionTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ManualTicker ticker = new ManualTicker();
    private final Set<Object> broken = ConcurrentHashMap.newKeySet();
    private final List<Object> validated = new CopyOnWriteArrayList<>();

    /** Opens when the second has been lent: were the first found bad before, the second would be suspect too. */
    private final CountDownLatch served = new CountDownLatch(1);

    @Test
    @Tag("G45")
    void oneThatFailsItsValidationMakesTheIdleOnesSuspect() throws InterruptedException {
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(3)
                .ticker(ticker)
                .validateAfterIdle(GRACE)
                .validator(this::isValid))) {
            Lease<Object> a = pool.acquire();
            Lease<Object> b = pool.acquire();
            Lease<Object> c = pool.acquire();
            List<Object> objects = List.of(a.get(), b.get(), c.get());
            a.close();
            ticker.advance(GRACE);
            b.close();
            c.close();
            ticker.advance(Duration.ofSeconds(1));
            broken.add(objects.get(0));
            broken.add(objects.get(2));

            // The first is due, and sent to be validated; meanwhile the second serves, in use a moment ago.
            Lease<Object> second = acquireLowest(pool);
            assertSame(objects.get(1), second.get());
            served.countDown();
            Awaitility.await().until(() -> pool.stats().destroyed() == 1);
            // So was the third; but now it is suspect.
            Lease<Object> fresh = acquireLowest(pool);
            assertNotSame(objects.get(2), fresh.get());
            assertEquals(List.of(objects.get(0), objects.get(2)), validated);

            second.close();
            fresh.close();
            acquireLowest(pool).close();
            assertEquals(2, validated.size(), "what was in use since is trusted");
        }
    }

    @Test
    @Tag("G45")
    @Tag("G49")
    void oneThatFailsTheHookMakesTheIdleOnesSuspect() throws InterruptedException {
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(2)
                .ticker(ticker)
                .validateAfterIdle(GRACE)
                .validator(validated::add)
                .beforeLend(this::refuseTheBroken))) {
            Lease<Object> a = pool.acquire();
            Lease<Object> b = pool.acquire();
            List<Object> objects = List.of(a.get(), b.get());
            a.close();
            b.close();
            ticker.advance(Duration.ofSeconds(1));
            broken.add(objects.get(0));
            try (Lease<Object> second = acquireLowest(pool)) {
                assertSame(objects.get(1), second.get());
                assertEquals(List.of(objects.get(1)), validated, "though it was in use a moment ago");
                assertNull(pool.control().describe().lastFailure(), "nothing is wrong with what is made");
            }
        }
    }

    @Test
    @Tag("G45")
    void oneWhoseValidationHangsMakesTheIdleOnesSuspect() throws InterruptedException {
        Gate gate = new Gate();
        Duration limit = Duration.ofSeconds(5);
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(2)
                .ticker(ticker)
                .validateAfterIdle(GRACE)
                .validationTimeout(limit)
                .validator(object -> {
                    validated.add(object);
                    if (broken.contains(object)) {
                        gate.passUninterruptibly();
                    }
                    return true;
                }))) {
            Lease<Object> a = pool.acquire();
            Lease<Object> b = pool.acquire();
            List<Object> objects = List.of(a.get(), b.get());
            a.close();
            ticker.advance(GRACE);
            b.close();
            broken.add(objects.get(0));
            assertTrue(pool.tryAcquire().isEmpty(), "the first is due, and this is one who doesn't wait");
            gate.awaitArrivals(1, Duration.ofSeconds(20));
            ticker.advance(limit);
            Awaitility.await().until(() -> pool.stats().callbackFailures() == 1);
            acquireLowest(pool).close();
            // The second too, though it was in use a moment ago.
            Awaitility.await().until(() -> validated.equals(objects));
            gate.open();
        }
    }

    private void refuseTheBroken(Object object) throws IOException {
        if (broken.contains(object)) {
            throw new IOException("broken");
        }
    }

    /** From a new thread, which has had no object yet, so that the lowest is taken. */
    private static Lease<Object> acquireLowest(Pool<Object> pool) throws InterruptedException {
        FutureTask<Lease<Object>> task = new FutureTask<>(() -> pool.acquire(Duration.ofMinutes(1)));
        new Thread(task).start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isValid(Object object) throws InterruptedException {
        served.await();
        validated.add(object);
        return !broken.contains(object);
    }
}
