package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.KeyedFactory;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.Lease;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two keys with room for one object: a release of the one meets a borrower of the other, time and again. */
class KeyedRaceTest {
    private static final int ROUNDS = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeyedPool<Integer, Object> pool =
            Pools.openKeyed(KeyedPoolConfig.of(KeyedFactory.of((Integer key) -> new Object(), object -> {}))
                    .maxTotal(1));
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    @Test
    @Tag("G65")
    void releaseThatMeetsABorrowerOfAnotherKeyMakesRoom() throws Exception {
        Thread other = new Thread(this::borrow);
        other.start();
        for (int i = 0; i < ROUNDS && failure.get() == null; i++) {
            Lease<Object> lease = pool.acquire(0, PATIENCE);
            barrier.await();
            spin(i % 40);
            lease.close();
            barrier.await();
        }
        other.join();
        pool.close();
        assertEquals(null, failure.get());
    }

    private void borrow() {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                barrier.await();
                spin(i % 37);
                pool.acquire(1, PATIENCE).close();
                barrier.await();
            }
        } catch (InterruptedException | BrokenBarrierException | RuntimeException e) {
            failure.set(e);
            barrier.reset();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times * 20; i++) {
            Thread.onSpinWait();
        }
    }
}
