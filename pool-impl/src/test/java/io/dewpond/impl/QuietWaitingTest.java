package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Those who wait at a full pool give no thread of the pool's anything to do. */
@Tag("G22")
class QuietWaitingTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final SlotPool<Object> pool = new SlotPool<>(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
            .maxSize(2)
            .ticker(ticker));
    private final List<Lease<Object>> held = new ArrayList<>();
    private long before;

    @BeforeEach
    void fill() throws InterruptedException {
        pool.start();
        held.add(pool.acquire(LONG));
        held.add(pool.acquire(LONG));
        before = pool.submissions();
        assertTrue(before >= 2, "what creates is counted");
    }

    @AfterEach
    void close() {
        held.forEach(Lease::close);
        pool.control().shutdown(Duration.ZERO).join();
    }

    @Test
    void waitersThatTimeOutSubmitNothing() throws InterruptedException {
        List<Waiting> waiters = join(20, SECOND);
        ticker.advance(SECOND);
        for (Waiting waiter : waiters) {
            ExecutionException refused = assertThrows(ExecutionException.class, waiter::end);
            assertInstanceOf(AcquireTimeoutException.class, refused.getCause());
        }
        assertEquals(before, pool.submissions());
    }

    @Test
    void waitersThatAreServedByReleasesSubmitNothing() throws Exception {
        List<Waiting> waiters = join(10, LONG);
        held.forEach(Lease::close);
        for (Waiting waiter : waiters) {
            waiter.end();
        }
        ticker.advance(Duration.ofNanos(Exchange.GRACE_NANOS)); // the same where they are handed the object
        held.clear();
        held.add(pool.acquire(LONG));
        held.add(pool.acquire(LONG));
        waiters = join(10, LONG);
        ticker.advance(Duration.ofNanos(Exchange.GRACE_NANOS));
        await().until(pool::isStarving);
        held.forEach(Lease::close);
        for (Waiting waiter : waiters) {
            waiter.end();
        }
        assertEquals(before, pool.submissions());
    }

    @Test
    void waitersThatAreInterruptedSubmitNothing() throws InterruptedException {
        for (Waiting waiter : join(10, LONG)) {
            waiter.thread().interrupt();
            ExecutionException ended = assertThrows(ExecutionException.class, waiter::end);
            assertInstanceOf(InterruptedException.class, ended.getCause());
        }
        assertEquals(before, pool.submissions());
    }

    @Test
    void borrowersWhoDoNotWaitSubmitNothing() {
        for (int i = 0; i < 10; i++) {
            assertTrue(pool.tryAcquire().isEmpty());
            assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
        }
        assertEquals(before, pool.submissions());
    }

    @Test
    @Tag("G12")
    void futureSubmitsNothingButItsOutcome() throws Exception {
        List<CompletableFuture<Lease<Object>>> futures = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            futures.add(pool.acquireAsync(LONG));
        }
        for (int i = 1; i < 10; i++) {
            futures.get(i).cancel(false);
        }
        assertEquals(before, pool.submissions());
        held.remove(0).close();
        held.add(futures.get(0).get(10, TimeUnit.SECONDS));
        assertEquals(before + 1, pool.submissions(), "a courier has completed it");
    }

    private List<Waiting> join(int number, Duration timeout) {
        List<Waiting> waiters = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            FutureTask<Boolean> use = new FutureTask<>(() -> {
                pool.acquire(timeout).close();
                return true;
            });
            Thread thread = new Thread(use, "waiter-" + i);
            thread.setDaemon(true);
            thread.start();
            waiters.add(new Waiting(thread, use));
        }
        await().until(() -> pool.stats().waiting() == number);
        return waiters;
    }

    private record Waiting(Thread thread, FutureTask<Boolean> use) {
        void end() throws ExecutionException, InterruptedException {
            try {
                assertTrue(use.get(10, TimeUnit.SECONDS));
            } catch (TimeoutException tooLong) {
                throw new AssertionError("still waiting", tooLong);
            }
        }
    }
}
