package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What depends on a future should not block, but may. */
@Tag("G12")
class CourierTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final CompletableFuture<Void> gate = new CompletableFuture<>();
    private final AtomicBoolean stuck = new AtomicBoolean();
    private final SlotPool<Object> pool = new SlotPool<>(
            PoolConfig.of(ObjectFactory.of(Object::new, object -> {})).maxSize(1));

    @AfterEach
    void openGateAndClose() {
        gate.complete(null);
        pool.close();
    }

    @Test
    void dependentThatBlocksKeepsNothingFromTheNextFuture() throws Exception {
        blockTheOnlyCourier();
        Lease<Object> held = pool.acquire(LONG);
        CompletableFuture<Lease<Object>> next = pool.acquireAsync(LONG);
        held.close();
        next.get(30, TimeUnit.SECONDS).close();
        assertFalse(gate.isDone());
    }

    @Test
    @Tag("G51")
    void dependentThatBlocksHoldsUpNeitherRefreshNorShutdown() throws Exception {
        blockTheOnlyCourier();
        Lease<Object> held = pool.acquire(LONG);
        CompletableFuture<Lease<Object>> waits = pool.acquireAsync(LONG);
        CompletableFuture<Void> refreshed = pool.control().refresh();
        CompletableFuture<Void> end = pool.control().shutdown(LONG);
        held.close();
        end.get(30, TimeUnit.SECONDS);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> waits.get(30, TimeUnit.SECONDS));
        assertInstanceOf(PoolClosedException.class, failure.getCause());
        refreshed.get(30, TimeUnit.SECONDS);
        assertFalse(gate.isDone());
    }

    private void blockTheOnlyCourier() throws InterruptedException {
        pool.start();
        Lease<Object> held = pool.acquire(LONG);
        CompletableFuture<?> unused = pool.acquireAsync(LONG).thenAccept(lease -> {
            lease.close();
            stuck.set(true);
            gate.join();
        });
        held.close();
        await().untilTrue(stuck);
    }
}
