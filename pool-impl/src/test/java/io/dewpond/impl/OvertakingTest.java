package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OvertakingTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    @Tag("G7")
    void nobodyOvertakesOnceTheHeadHasWaitedForTheGrace() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (SlotPool<Object> pool = open(1, ticker)) {
            Lease<Object> held = pool.acquire(LONG);
            BlockingQueue<Served> served = new LinkedBlockingQueue<>();
            for (int i = 0; i < 5; i++) {
                queue(pool, i, served);
            }
            assertFalse(pool.isStarving(), "all are young");
            ticker.advance(Duration.ofNanos(Exchange.GRACE_NANOS));
            await().until(pool::isStarving);
            for (int i = 0; i < 5; i++) {
                held.close();
                assertTrue(pool.tryAcquire().isEmpty(), "the object was handed over");
                Served next = served.take();
                assertEquals(i, next.turn());
                held = next.lease();
            }
            assertFalse(pool.isStarving(), "nobody waits");
            held.close();
            pool.tryAcquire().orElseThrow().close();
        }
    }

    @Test
    @Tag("G7")
    void starvingEndsWithAYoungHeadWhoseGraceBeginsWithItsOwnWait() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (SlotPool<Object> pool = open(1, ticker)) {
            Lease<Object> held = pool.acquire(LONG);
            BlockingQueue<Served> served = new LinkedBlockingQueue<>();
            queue(pool, 0, served);
            ticker.advance(Duration.ofNanos(Exchange.GRACE_NANOS));
            await().until(pool::isStarving);
            queue(pool, 1, served); // sets itself no alarm, for now nobody overtakes
            held.close();
            held = served.take().lease();
            assertFalse(pool.isStarving(), "the new head is young");
            ticker.advance(Duration.ofNanos(Exchange.GRACE_NANOS));
            await().until(pool::isStarving);
            held.close();
            Served last = served.take();
            assertEquals(1, last.turn());
            last.lease().close();
        }
    }

    @Test
    void headThatFindsNothingParks() throws Exception {
        ManualTicker time = new ManualTicker();
        Set<Thread> parked = ConcurrentHashMap.newKeySet();
        Ticker watched = new Ticker() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public void parkUntil(Object blocker, long deadline) {
                parked.add(Thread.currentThread());
                time.parkUntil(blocker, deadline);
            }
        };
        try (SlotPool<Object> pool = open(1, watched)) {
            Lease<Object> held = pool.acquire(LONG);
            BlockingQueue<Served> served = new LinkedBlockingQueue<>();
            Thread head = start(() -> served.add(new Served(0, pool.acquire(LONG))));
            await().until(() -> parked.contains(head));
            held.close();
            served.take().lease().close();
        }
    }

    @Test
    @Tag("G62")
    void waiterWhoseTimeIsOverIsGrantedNothingThoughItHasNotWoken() throws Exception {
        AtomicLong now = new AtomicLong();
        CountDownLatch creating = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Ticker sleepy = new Ticker() {
            @Override
            public long nanoTime() {
                return now.get();
            }

            @Override
            public void parkUntil(Object blocker, long deadline) {
                if (blocker instanceof Waiter<?>) {
                    LockSupport.park(blocker); // wakes when it is told to, and not when it is late
                } else {
                    LockSupport.parkNanos(blocker, 1_000_000); // the keeper is to notice that time has jumped
                }
            }
        };
        ObjectFactory<Object> slow = ObjectFactory.of(
                () -> {
                    creating.countDown();
                    gate.await();
                    return new Object();
                },
                object -> {});
        SlotPool<Object> pool =
                new SlotPool<>(PoolConfig.of(slow).maxSize(1).ticker(sleepy).createTimeout(LONG));
        pool.start();
        FutureTask<Lease<Object>> late = new FutureTask<>(() -> pool.acquire(Duration.ofSeconds(1)));
        start(late::run);
        creating.await();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        gate.countDown();
        ExecutionException refused = assertThrows(ExecutionException.class, late::get);
        assertInstanceOf(AcquireTimeoutException.class, refused.getCause());
        await().until(() -> pool.stats().idle() == 1);
        assertEquals(1, pool.stats().timedOut());
        assertEquals(0, pool.stats().acquired());
        pool.close();
    }

    /** As a virtual thread's whose alarm has rung, while others keep all carriers busy by yielding to each other. */
    @Test
    @Tag("G6")
    @Tag("G7")
    void headWhoseThreadDoesNotGetToRunIsServedByOthers() throws Exception {
        ManualTicker time = new ManualTicker();
        CountDownLatch parked = new CountDownLatch(1);
        CountDownLatch turn = new CountDownLatch(1);
        Thread test = Thread.currentThread();
        Ticker unfair = new Ticker() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public void parkUntil(Object blocker, long deadline) {
                if (blocker instanceof Waiter<?> && Thread.currentThread() != test) {
                    parked.countDown();
                    awaitUninterruptibly(turn);
                } else {
                    time.parkUntil(blocker, deadline);
                }
            }
        };
        try (SlotPool<Object> pool = open(2, unfair)) {
            Lease<Object> first = pool.acquire(LONG);
            Lease<Object> second = pool.acquire(LONG);
            BlockingQueue<Served> served = new LinkedBlockingQueue<>();
            start(() -> served.add(new Served(0, pool.acquire(LONG))));
            parked.await();
            first.close(); // signals the head
            time.advance(Duration.ofNanos(Exchange.DOZE_NANOS - 1));
            pool.tryAcquire().orElseThrow().close();
            Lease<Object> overtaking = pool.tryAcquire().orElseThrow();
            time.advance(Duration.ofNanos(1));
            overtaking.close();
            await().until(() -> pool.stats().waiting() == 0);
            assertEquals(2, pool.stats().leased());
            assertTrue(pool.tryAcquire().isEmpty());
            turn.countDown();
            served.take().lease().close();
            second.close();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Tag("G6")
    void twoThreadsThatLoopOnOneObjectLetAThirdIn() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (SlotPool<Object> pool = open(1, Ticker.system())) {
            CountDownLatch looping = new CountDownLatch(2);
            List<Thread> loopers = IntStream.range(0, 2)
                    .mapToObj(i -> start(() -> {
                        looping.countDown();
                        while (!over.get()) {
                            pool.acquire(LONG).close();
                        }
                    }))
                    .toList();
            looping.await();
            for (int i = 0; i < 20; i++) {
                pool.acquire(Duration.ofSeconds(5)).close();
            }
            over.set(true);
            for (Thread looper : loopers) {
                looper.join();
            }
        }
    }

    private static SlotPool<Object> open(int size, Ticker ticker) {
        SlotPool<Object> pool = new SlotPool<>(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(size)
                .ticker(ticker));
        pool.start();
        return pool;
    }

    private static void queue(SlotPool<Object> pool, int turn, BlockingQueue<Served> served) {
        int before = pool.stats().waiting();
        start(() -> served.add(new Served(turn, pool.acquire(LONG))));
        await().until(() -> pool.stats().waiting() == before + 1);
    }

    private static Thread start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private record Served(int turn, Lease<Object> lease) {}
}
