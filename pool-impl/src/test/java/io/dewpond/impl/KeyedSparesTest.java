package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.DestroyReason;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Lease;
import io.dewpond.PoolListener;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedKeyedFactory;
import io.dewpond.testkit.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a minimum for each key means where keys share the room. */
class KeyedSparesTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final ManualTicker ticker = new ManualTicker();
    private final ScriptedKeyedFactory<String> factory = new ScriptedKeyedFactory<>();
    private final List<DestroyReason> destroyed = new CopyOnWriteArrayList<>();
    private final KeyedPool<String, Resource> pool = Pools.openKeyed(KeyedPoolConfig.of(factory)
            .maxTotal(3)
            .perKey(key -> key.maxSize(3).minIdle(1).ticker(ticker).listener(new PoolListener<>() {
                @Override
                public void destroyed(Resource object, DestroyReason reason) {
                    destroyed.add(reason);
                }
            })));

    @AfterEach
    void closePool() {
        pool.shutdown(Duration.ZERO).join();
        assertTrue(factory.mostTaken() <= 3);
        assertEquals(List.of(), factory.violations());
    }

    private void await(Set<String> keys, int total) {
        Awaitility.await()
                .until(() -> pool.keys().equals(keys)
                        && pool.stats().total() == total
                        && pool.stats().creating() + pool.stats().inMaintenance() == 0);
    }

    @Test
    @Tag("G65")
    void keyHasItsSpareWhileThereIsRoom() throws InterruptedException {
        Lease<Resource> lease = pool.acquire("a", LONG);
        await(Set.of("a"), 2);
        lease.close();
        await(Set.of("a"), 2);
    }

    @Test
    @Tag("G65")
    void spareMakesWayForAWaiterAndIsNotMadeAgainBeforeItsKeyIsAskedFor() throws InterruptedException {
        Lease<Resource> a = pool.acquire("a", LONG);
        await(Set.of("a"), 2);
        Lease<Resource> b = pool.acquire("b", LONG);
        Lease<Resource> c = pool.acquire("c", LONG);
        assertEquals(1, pool.stats("a").orElseThrow().total());
        assertEquals(1, pool.stats("b").orElseThrow().total());
        c.invalidate(null);
        b.close();
        Awaitility.await().until(() -> destroyed.contains(DestroyReason.MADE_ROOM));
        assertEquals(1, pool.stats("a").orElseThrow().total());
        a.close();
    }

    @Test
    @Tag("G66")
    void keyThatCanHaveNoSpareLeaves() throws InterruptedException {
        factory.of("bad").creations().always(Step.fail(new IOException("no object")));
        assertTrue(pool.tryAcquire("bad").isEmpty());
        Awaitility.await().until(() -> pool.stats().creationFailures() > 0);
        Awaitility.await().until(() -> {
            ticker.advance(Duration.ofMinutes(1));
            return pool.keys().isEmpty();
        });
    }

    @Test
    @Tag("G59")
    void timeoutSaysThatOtherKeysHaveTheRoom() throws InterruptedException {
        List<Lease<Resource>> all = List.of(pool.acquire("a", LONG), pool.acquire("a", LONG), pool.acquire("a", LONG));
        try {
            pool.acquire("b", Duration.ZERO).close();
            throw new AssertionError("b was lent something");
        } catch (AcquireTimeoutException failure) {
            assertTrue(
                    String.valueOf(failure.getCause()).contains("all 3 objects that the keys may have together"),
                    () -> "the cause is " + failure.getCause());
        }
        AcquireTimeoutException own =
                assertThrows(AcquireTimeoutException.class, () -> pool.acquire("a", Duration.ZERO));
        assertNull(own.getCause(), "it has as many as a key may have");
        all.forEach(Lease::close);
    }

    @Test
    @Tag("G59")
    void timeoutSaysNothingOfOtherKeysWhereThereIsRoom() {
        assertNull(assertThrows(AcquireTimeoutException.class, () -> pool.acquire("a", Duration.ZERO))
                .getCause());
    }
}
