package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that each acquire again as soon as they have released, on few objects, and how evenly they are served. */
final class Crowding {
    private static final long HOLD_NANOS = 100_000;
    /** How often each is served before the count ends, on average. */
    private static final int TURNS = 60;

    private final long[] served;

    private Crowding(long[] served) {
        this.served = served;
    }

    static Crowding on(int threads, int objects, ThreadFactory factory) throws InterruptedException {
        long[] served = new long[threads];
        AtomicLong total = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch all = new CountDownLatch(threads);
        List<Thread> crowd = new ArrayList<>();
        try (Pool<Object> pool = Pools.open(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(objects)
                .minIdle(objects)
                .warmUp(Duration.ofSeconds(30)))) {
            for (int i = 0; i < threads; i++) {
                int self = i;
                crowd.add(factory.newThread(() -> {
                    all.countDown();
                    awaitAll(all);
                    while (!over.get()) {
                        try (Lease<Object> lease = pool.acquire(Duration.ofMinutes(1))) {
                            hold();
                            served[self]++;
                        } catch (InterruptedException unexpected) {
                            throw new AssertionError(unexpected);
                        }
                        over.compareAndSet(false, total.incrementAndGet() >= (long) threads * TURNS);
                    }
                }));
            }
            crowd.forEach(Thread::start);
            for (Thread thread : crowd) {
                thread.join();
            }
        }
        return new Crowding(served);
    }

    /** Jain, Chiu and Hawe's index: 1 if all got the same, 1/n if one got all. */
    void isServedEvenly() {
        double sum = 0;
        double squares = 0;
        for (long count : served) {
            sum += count;
            squares += (double) count * count;
        }
        double index = sum * sum / (served.length * squares);
        assertTrue(index >= 0.99, () -> "Jain's index is " + index);
    }

    private static void awaitAll(CountDownLatch all) {
        try {
            all.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    /** A stale permit ends a park early. */
    private static void hold() {
        long until = System.nanoTime() + HOLD_NANOS;
        for (long left = HOLD_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
