package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Script;
import io.dewpond.testkit.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a future gets in a pool with a hook, as far as that is the engine's own way. */
@Tag("G49")
@Timeout(60)
class HookedFutureTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Script hook = new Script();

    private Pool<Object> open(int maxSize) {
        return Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(maxSize)
                .ticker(new ManualTicker())
                .beforeLend(object -> {
                    boolean unused = hook.run();
                }));
    }

    @Test
    void futureThatMayNotWaitHasTheNextIdleObjectIfTheHookFails() throws Exception {
        try (Pool<Object> pool = open(2)) {
            Lease<Object> one = pool.acquire();
            Lease<Object> other = pool.acquire();
            one.close();
            other.close();
            hook.next(Step.fail(new IOException("no greeting")));
            pool.acquireAsync(Duration.ZERO).get(10, TimeUnit.SECONDS).close();
            assertEquals(2, pool.stats().created());
        }
    }

    @Test
    void objectWhoseFutureIsGivenUpBeforeACourierComesGoesOnWithoutItsHook() throws Exception {
        Gate preparing = new Gate();
        Gate depending = new Gate();
        try (Pool<Object> pool = open(1)) {
            pool.acquire().close();
            hook.next(Step.pass(preparing));
            CompletableFuture<Void> first = pool.acquireAsync(LONG).thenAccept(lease -> {
                lease.close();
                depending.passUninterruptibly(); // and with it the only courier
            });
            preparing.open();
            depending.awaitArrivals(1, Duration.ofSeconds(10));
            pool.acquireAsync(LONG).cancel(false);
            assertEquals(1, pool.stats().leased());
            depending.open();
            first.get(10, TimeUnit.SECONDS);
            Awaitility.await().until(() -> pool.stats().idle() == 1);
            assertEquals(2, hook.calls());
        } finally {
            depending.open();
        }
    }
}
