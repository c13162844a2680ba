package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SharedThreadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SharedThreads threads = new SharedThreads("dewpond-shared");
    private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> reusable = new LinkedBlockingQueue<>();

    @AfterEach
    void releaseThreads() {
        threads.release();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("dewpond-shared")));
    }

    private Thread run(boolean goesOn) throws InterruptedException {
        threads.start("ignored", () -> {
            ran.add(Thread.currentThread());
            return goesOn;
        });
        Thread thread = ran.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (thread == null) {
            throw new AssertionError("nobody runs the job");
        }
        return thread;
    }

    private static void awaitRest(Thread thread) {
        Awaitility.await()
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING
                        || thread.getState() == Thread.State.TERMINATED);
    }

    @Test
    @Tag("G66")
    void threadThatHasEndedItsJobTakesTheNext() throws InterruptedException {
        Thread first = run(true);
        awaitRest(first);
        assertSame(first, run(true));
    }

    @Test
    @Tag("G64")
    void threadThatMayBeInterruptedStillTakesNoOtherJob() throws InterruptedException {
        Thread first = run(false);
        awaitRest(first);
        assertNotSame(first, run(true));
    }

    @Test
    void threadsAreNumberedFromOne() throws InterruptedException {
        assertEquals("dewpond-shared-1", run(false).getName());
        assertEquals("dewpond-shared-2", run(false).getName());
    }

    @Test
    @Tag("G64")
    void eachJobHasAThreadThoughOthersHang() throws InterruptedException {
        Gate gate = new Gate();
        for (int i = 0; i < 20; i++) {
            threads.start("ignored", () -> {
                gate.passUninterruptibly();
                return true;
            });
        }
        gate.awaitArrivals(20, PATIENCE);
        Thread unused = run(true);
        gate.open();
    }

    @Test
    @Tag("G54")
    void jobThatComesAfterTheReleaseIsDone() throws InterruptedException {
        threads.release();
        Thread unused = run(true);
    }

    @Test
    @Tag("G64")
    void workerWhoseTaskIsGivenUpGivesItsThreadToNobody() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Threads noting = new Threads() {
            @Override
            public void start(String name, Job job) {
                threads.start(name, () -> reusable.add(job.run()));
            }

            @Override
            public long keepAliveNanos() {
                return 0;
            }
        };
        Workers workers = new Workers("dewpond-test", 1, ticker, never -> {}, noting);
        Gate gate = new Gate();
        workers.submit(new Limited(gate));
        gate.awaitArrivals(1, PATIENCE);
        ticker.advance(Duration.ofSeconds(1));
        long unused = workers.tend(ticker.nanoTime());
        gate.open();
        assertEquals(false, reusable.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        workers.submit(new Limited(gate));
        assertEquals(true, reusable.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private record Limited(Gate gate) implements Workers.Task {
        @Override
        public void run() {
            gate.passUninterruptibly();
        }

        @Override
        public void overdue() {}

        @Override
        public long limitNanos() {
            return Duration.ofSeconds(1).toNanos();
        }
    }
}
