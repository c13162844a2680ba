package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import io.dewpond.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder is told. */
@Tag("G80")
class FlightTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final List<String> NAMES =
            List.of("Acquire", "AcquireTimeout", "Create", "Destroy", "LeaseLost", "LeaseOverdue");

    private final ManualTicker ticker = new ManualTicker();
    private final ScriptedFactory factory = new ScriptedFactory();
    private final Told told = new Told();
    private final List<Pool<?>> pools = new ArrayList<>();

    private final Recording recording = new Recording();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        recording.close();
        for (Pool<?> pool : pools) {
            CompletableFuture<Void> unused = pool.control().shutdown(Duration.ZERO);
        }
    }

    @Test
    void waitIsRecordedWithItsDurationAndTheStackOfItsBorrower() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("waited"));
        Lease<Resource> held = pool.acquire(LONG);
        long before = System.nanoTime();
        Borrower borrower = new Borrower(() -> pool.acquire(LONG));
        await().until(() -> pool.stats().waiting() == 1);
        long waiting = System.nanoTime();
        // The recorder has a clock of its own, and that of this test may pass for less than it shows.
        await().until(() -> System.nanoTime() - waiting > Duration.ofMillis(2).toNanos());
        long least = System.nanoTime() - waiting;
        held.close();
        borrower.lease().close();
        long most = System.nanoTime() - before;
        RecordedEvent wait = only(
                "waited",
                "Acquire",
                event -> event.getThread("borrower").getJavaName().equals("borrower"));
        assertEquals("served", wait.getString("outcome"));
        assertEquals("borrower", wait.getThread().getJavaName());
        long nanos = wait.getDuration().toNanos();
        assertTrue(nanos >= least * 0.9 && nanos <= most * 1.1, least + " to " + most + ": " + nanos);
        assertCalls(wait, "waitIsRecordedWithItsDurationAndTheStackOfItsBorrower");
    }

    @Test
    void waitBelowTheThresholdIsNotRecorded() throws Exception {
        record(LONG);
        Pool<Resource> pool = open(config("brief"));
        Lease<Resource> held = pool.acquire(LONG);
        assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
        held.close();
        only("brief", "AcquireTimeout", event -> true);
        assertEquals(List.of(), events("brief", "Acquire"));
    }

    @Test
    void idleObjectIsLentAndTakenBackUnseen() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("idle"));
        pool.acquire(LONG).close();
        only("idle", "Acquire", event -> true);
        pool.acquire(LONG).close();
        pool.tryAcquire().orElseThrow().close();
        pool.acquireAsync(LONG).join().close();
        CompletableFuture<Void> ended = pool.control().shutdown(Duration.ZERO);
        ended.join();
        only("idle", "Destroy", event -> true);
        assertEquals(1, events("idle", "Acquire").size());
    }

    @Test
    void everyOutcomeOfAWaitIsTold() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("outcomes").maxWaiters(1));
        Lease<Resource> held = pool.acquire(LONG);
        assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
        CompletableFuture<Lease<Resource>> cancelled = pool.acquireAsync(LONG);
        assertThrows(AcquireRejectedException.class, () -> pool.acquire(LONG));
        cancelled.cancel(false);
        Borrower interrupted = new Borrower(() -> pool.acquire(LONG));
        await().until(() -> pool.stats().waiting() == 1);
        interrupted.thread.interrupt();
        await().until(() -> pool.stats().waiting() == 0);
        CompletableFuture<Lease<Resource>> served = pool.acquireAsync(LONG);
        held.close();
        Lease<Resource> next = served.join();
        Borrower closed = new Borrower(() -> pool.acquire(LONG));
        await().until(() -> pool.stats().waiting() == 1);
        CompletableFuture<Void> ended = pool.control().shutdown(LONG);
        next.close();
        ended.join();
        await().until(() -> closed.lease.isCompletedExceptionally());
        await().untilAsserted(() -> assertEquals(
                List.of("served", "timed out", "rejected", "cancelled", "interrupted", "served", "closed"),
                events("outcomes", "Acquire").stream()
                        .map(event -> event.getString("outcome"))
                        .toList()));
    }

    @Test
    void timeoutTellsWhatTheExceptionTells() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("late"));
        Lease<Resource> held = pool.acquire(LONG);
        CompletableFuture<Lease<Resource>> waiting = pool.acquireAsync(Duration.ofSeconds(3));
        ticker.advance(Duration.ofSeconds(3));
        AcquireTimeoutException failure = (AcquireTimeoutException)
                assertThrows(Exception.class, waiting::join).getCause();
        RecordedEvent event = only("late", "AcquireTimeout", any -> true);
        assertEquals(failure.getMessage(), event.getString("message"));
        assertEquals(Duration.ofSeconds(3), event.getDuration("waited"));
        assertFalse(event.getBoolean("selfDeadlock"));
        assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
        RecordedEvent own = only("late", "AcquireTimeout", any -> any.getBoolean("selfDeadlock"));
        assertCalls(own, "timeoutTellsWhatTheExceptionTells");
        held.close();
    }

    @Test
    void creationIsRecordedWithItsDurationHoweverItEnds() throws Exception {
        record(Duration.ZERO);
        Gate gate = new Gate();
        factory.creations().next(Step.fail(new IllegalStateException("no luck")));
        factory.creations().next(Step.hang(gate));
        Pool<Resource> pool = open(config("made").createTimeout(Duration.ofSeconds(10)));
        CompletableFuture<Lease<Resource>> first = pool.acquireAsync(LONG);
        RecordedEvent failed = only("made", "Create", event -> true);
        assertFalse(failed.getBoolean("success"));
        assertEquals("java.lang.IllegalStateException: no luck", failed.getString("failure"));
        ticker.advance(Duration.ofSeconds(1));
        gate.awaitArrivals(1, Duration.ofSeconds(30));
        ticker.advance(Duration.ofSeconds(10));
        await().until(() -> events("made", "Create").size() == 2);
        RecordedEvent givenUp = events("made", "Create").get(1);
        assertTrue(givenUp.getString("failure").contains("CREATE took longer than PT10S"), givenUp::toString);
        ticker.advance(Duration.ofSeconds(1));
        first.join().close();
        RecordedEvent made = only("made", "Create", event -> event.getBoolean("success"));
        assertNull(made.getString("failure"));
        assertTrue(made.getThread().getJavaName().startsWith("dewpond-made-creator"), made::toString);
        gate.open();
        RecordedEvent late = only("made", "Destroy", event -> true);
        assertEquals(DestroyReason.LATE.name(), late.getString("reason"));
        assertEquals(3, events("made", "Create").size());
        assertEquals(told.creationFailures.size(), 2);
    }

    @Test
    void destructionIsRecordedWithItsReasonAndItsFailure() throws Exception {
        record(Duration.ZERO);
        factory.destructions().next(Step.fail(new IllegalStateException("stuck")));
        Pool<Resource> pool = open(config("destroyed"));
        pool.acquire(LONG).invalidate(null);
        RecordedEvent event = only("destroyed", "Destroy", any -> true);
        assertEquals("INVALIDATED", event.getString("reason"));
        assertEquals("java.lang.IllegalStateException: stuck", event.getString("failure"));
    }

    @Test
    void overdueLeaseIsRecordedWithWhatItsHolderDoes() throws Exception {
        record(Duration.ZERO);
        Gate gate = new Gate();
        Pool<Resource> pool =
                open(config("overdue").overdueAfter(Duration.ofSeconds(20)).siteSampling(1));
        Borrower borrower = new Borrower(() -> {
            Lease<Resource> lease = pool.acquire(LONG);
            gate.passUninterruptibly();
            return lease;
        });
        gate.awaitArrivals(1, Duration.ofSeconds(30));
        ticker.advance(Duration.ofSeconds(20));
        RecordedEvent event = only("overdue", "LeaseOverdue", any -> true);
        gate.open();
        borrower.lease().close();
        assertEquals("borrower", event.getString("holder"));
        assertTrue(event.getDuration("held").toSeconds() >= 20, event::toString);
        assertTrue(event.getString("doing").contains("passUninterruptibly"), event::toString);
        assertTrue(event.getString("site").contains("overdueLeaseIsRecorded"), event::toString);
    }

    @Test
    void lostLeaseIsRecorded() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("lost").siteSampling(1));
        loseOne(pool);
        CompletableFuture<Lease<Resource>> next = pool.acquireAsync(LONG);
        await().until(() -> {
            System.gc();
            ticker.advance(Duration.ofSeconds(1));
            return next.isDone();
        });
        RecordedEvent event = only("lost", "LeaseLost", any -> true);
        assertEquals("loser", event.getString("holder"));
        assertTrue(event.getString("site").contains("acquire"), event::toString);
        assertEquals("LOST", only("lost", "Destroy", any -> true).getString("reason"));
        next.join().close();
    }

    @Test
    void recorderAndListenerAgree() throws Exception {
        record(Duration.ZERO);
        Pool<Resource> pool = open(config("agreed")
                .validator(resource -> resource.number() % 3 != 0)
                .validateAfterIdle(Duration.ZERO)
                .overdueAfter(Duration.ofSeconds(20)));
        for (int i = 0; i < 12; i++) {
            if (i % 4 == 1) {
                factory.creations().next(Step.fail(new IllegalStateException("no luck")));
            }
            CompletableFuture<Lease<Resource>> coming = pool.acquireAsync(LONG);
            await().until(() -> {
                ticker.advance(Duration.ofSeconds(1));
                return coming.isDone();
            });
            Lease<Resource> lease = coming.join();
            if (i % 4 == 2) {
                ticker.advance(Duration.ofSeconds(20));
                await().until(() -> told.overdue.size() > 0);
                assertThrows(AcquireTimeoutException.class, () -> pool.acquire(Duration.ZERO));
            }
            if (i % 2 == 0) {
                lease.invalidate(null);
            } else {
                lease.close();
            }
        }
        pool.control().shutdown(Duration.ZERO).join();
        await().untilAsserted(() -> {
            assertEquals(told.destroyed, strings("agreed", "Destroy", "reason"));
            assertEquals(told.creationFailures, strings("agreed", "Create", "failure"));
            assertEquals(
                    told.created,
                    events("agreed", "Create").stream()
                            .filter(event -> event.getBoolean("success"))
                            .count());
            assertEquals(told.timeouts, strings("agreed", "AcquireTimeout", "message"));
            assertEquals(
                    told.overdue,
                    events("agreed", "LeaseOverdue").stream()
                            .map(event -> event.getDuration("held"))
                            .toList());
        });
        assertTrue(told.created > 3 && told.creationFailures.size() > 1 && told.timeouts.size() > 1, "a dull life");
    }

    @Test
    void whatIsSwitchedOffIsNotRecorded() throws Exception {
        NAMES.forEach(name -> recording.disable("io.dewpond." + name));
        recording.start();
        Pool<Resource> pool = open(config("off"));
        pool.acquire(LONG).invalidate(null);
        pool.control().shutdown(Duration.ZERO).join();
        assertEquals(List.of(), events("off", ""));
    }

    // ---- What these tests need
    // ---------------------------------------------------------------------------------------

    private static void loseOne(Pool<Resource> pool) throws InterruptedException {
        Thread loser = new Thread(
                () -> {
                    try {
                        Lease<Resource> forgotten = pool.acquire(LONG);
                        assertFalse(forgotten.get().isSound() && pool.stats().leased() == 0);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                "loser");
        loser.start();
        loser.join();
    }

    private PoolConfig<Resource> config(String name) {
        return PoolConfig.of(factory).name(name).ticker(ticker).maxSize(1).listener(told);
    }

    private Pool<Resource> open(PoolConfig<Resource> config) {
        Pool<Resource> pool = Pools.open(config);
        pools.add(pool);
        return pool;
    }

    /** Records from now on, waits from this long on. */
    private void record(Duration threshold) {
        NAMES.forEach(name -> recording.enable("io.dewpond." + name));
        recording.enable("io.dewpond.Acquire").withThreshold(threshold);
        recording.start();
    }

    /** What was recorded of a pool so far, by when it ended. */
    private List<RecordedEvent> events(String pool, String name) {
        try {
            Path file = folder.resolve("dump.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("io.dewpond." + name))
                    .filter(event ->
                            name.isEmpty() || event.getEventType().getName().endsWith("." + name))
                    .filter(event -> event.getString("pool").equals(pool))
                    .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> strings(String pool, String name, String field) {
        return events(pool, name).stream()
                .map(event -> event.getString(field))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Waits until there is one such event. */
    private RecordedEvent only(String pool, String name, Predicate<RecordedEvent> which) {
        await().until(() -> events(pool, name).stream().anyMatch(which));
        List<RecordedEvent> found = events(pool, name).stream().filter(which).toList();
        assertEquals(1, found.size(), found::toString);
        return found.get(0);
    }

    private static void assertCalls(RecordedEvent event, String method) {
        List<String> methods = event.getStackTrace().getFrames().stream()
                .map(RecordedFrame::getMethod)
                .map(called -> called.getName())
                .toList();
        assertTrue(methods.stream().anyMatch(name -> name.contains(method)), methods::toString);
    }

    private static final class Borrower {
        final CompletableFuture<Lease<Resource>> lease = new CompletableFuture<>();
        final Thread thread;

        Borrower(Callable<Lease<Resource>> acquire) {
            thread = new Thread(
                    () -> {
                        try {
                            lease.complete(acquire.call());
                        } catch (Throwable failure) {
                            lease.completeExceptionally(failure);
                        }
                    },
                    "borrower");
            thread.setDaemon(true);
            thread.start();
        }

        Lease<Resource> lease() {
            return lease.join();
        }
    }

    /** What the listener hears. */
    private static final class Told implements PoolListener<Resource> {
        final List<String> destroyed = new CopyOnWriteArrayList<>();
        final List<String> creationFailures = new CopyOnWriteArrayList<>();
        final List<String> timeouts = new CopyOnWriteArrayList<>();
        final List<Duration> overdue = new CopyOnWriteArrayList<>();
        volatile long created;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // on one thread
        public void created(Resource object, Duration took) {
            created++;
        }

        @Override
        public void creationFailed(Throwable cause) {
            creationFailures.add(cause.toString());
        }

        @Override
        public void destroyed(Resource object, DestroyReason reason) {
            destroyed.add(reason.name());
        }

        @Override
        public void acquireFailed(PoolException failure) {
            if (failure instanceof AcquireTimeoutException) {
                timeouts.add(failure.getMessage());
            }
        }

        @Override
        public void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
            overdue.add(holder.held());
        }
    }
}
