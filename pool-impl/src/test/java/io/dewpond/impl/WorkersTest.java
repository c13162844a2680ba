package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Queue<Long> alarms = new ConcurrentLinkedQueue<>();
    private final Workers workers = new Workers("dewpond-test", 2, ticker, alarms::add);
    private final Gate gate = new Gate();

    @AfterEach
    void letTheThreadsGo() {
        gate.open();
        workers.release();
        Awaitility.await().until(() -> threads() == 0);
    }

    @Test
    void noMoreThanTheBoundRunAtOnce() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(5);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            workers.submit(task(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                gate.pass();
                running.decrementAndGet();
                done.countDown();
            }));
        }
        gate.awaitArrivals(2, Duration.ofSeconds(10));
        gate.open();
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(2, most.get());
    }

    @Test
    void hungTasksKeepNobodyFromRunning() throws InterruptedException {
        CountDownLatch overdue = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            workers.submit(new Scripted(gate::passUninterruptibly, overdue::countDown));
        }
        workers.submit(task(done::countDown));
        gate.awaitArrivals(2, Duration.ofSeconds(10));
        assertEquals(2, alarms.size());
        ticker.advance(Duration.ofNanos(LIMIT));
        workers.tend(ticker.nanoTime());
        assertEquals(0, overdue.getCount());
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertEquals(2, workers.abandoned());
        gate.open();
        Awaitility.await().until(() -> workers.abandoned() == 0);
    }

    @Test
    void taskIsOverdueOnceAndItsThreadIsInterruptedAfterThat() throws InterruptedException {
        AtomicInteger overdue = new AtomicInteger();
        AtomicInteger overdueWhenInterrupted = new AtomicInteger(-1);
        CountDownLatch interrupted = new CountDownLatch(1);
        workers.submit(new Scripted(
                () -> {
                    try {
                        gate.pass();
                    } catch (InterruptedException e) {
                        overdueWhenInterrupted.set(overdue.get());
                        interrupted.countDown();
                    }
                },
                overdue::incrementAndGet));
        gate.awaitArrivals(1, Duration.ofSeconds(10));
        workers.tend(ticker.nanoTime() + LIMIT - 1);
        assertEquals(0, overdue.get());
        workers.tend(ticker.nanoTime() + LIMIT);
        workers.tend(ticker.nanoTime() + LIMIT);
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
        assertEquals(1, overdueWhenInterrupted.get());
        assertEquals(1, overdue.get());
    }

    @Test
    void taskThatEndsWhileAnotherIsGivenUpHearsOfItAllTheSame() throws InterruptedException {
        AtomicInteger overdue = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            workers.submit(new Scripted(gate::passUninterruptibly, () -> {
                overdue.incrementAndGet();
                gate.open();
                Awaitility.await().until(() -> workers.abandoned() == 0);
            }));
        }
        gate.awaitArrivals(2, Duration.ofSeconds(10));
        workers.abandonAll();
        assertEquals(2, overdue.get());
    }

    @Test
    void taskThatThrowsCostsNoThread() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            workers.submit(task(() -> {
                done.countDown();
                throw new StackOverflowError("a bug, for once on purpose");
            }));
        }
        assertTrue(done.await(10, TimeUnit.SECONDS));
    }

    @Test
    void workThatComesAfterTheReleaseIsStillDone() throws InterruptedException {
        workers.release();
        CountDownLatch done = new CountDownLatch(1);
        workers.submit(task(done::countDown));
        assertTrue(done.await(10, TimeUnit.SECONDS));
        Awaitility.await().until(() -> threads() == 0);
    }

    @Test
    void taskWaitsForAThreadThatCannotBeStartedYet() throws InterruptedException {
        AtomicInteger refusals = new AtomicInteger(2);
        Threads threads = Threads.ownEach(0);
        Workers scarce = new Workers("dewpond-test", 2, ticker, alarms::add, new Threads() {
            @Override
            public void start(String name, Job job) {
                if (refusals.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread, for once on purpose");
                }
                threads.start(name, job);
            }

            @Override
            public long keepAliveNanos() {
                return threads.keepAliveNanos();
            }
        });
        CountDownLatch done = new CountDownLatch(1);
        scarce.submit(task(done::countDown));
        assertEquals(List.of(ticker.nanoTime() + Workers.RESTART_NANOS), List.copyOf(alarms));
        ticker.advance(Duration.ofNanos(Workers.RESTART_NANOS));
        assertEquals(ticker.nanoTime() + Workers.RESTART_NANOS, scarce.tend(ticker.nanoTime()), "and again");
        assertTrue(scarce.hasWaiting());
        assertTrue(scarce.tend(ticker.nanoTime()) - ticker.nanoTime() > LIMIT);
        assertTrue(done.await(10, TimeUnit.SECONDS));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("dewpond-test"))
                .count();
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private static Workers.Task task(Body body) {
        return new Scripted(body, () -> {});
    }

    private record Scripted(Body body, Runnable onOverdue) implements Workers.Task {
        @Override
        public void run() {
            try {
                body.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void overdue() {
            onOverdue.run();
        }

        @Override
        public long limitNanos() {
            return LIMIT;
        }
    }
}
