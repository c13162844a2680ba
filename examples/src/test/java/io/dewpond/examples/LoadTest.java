package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void whatFailsCountsAsFailedOnly() throws InterruptedException {
        AtomicLong begun = new AtomicLong();
        Load.Result result = run(() -> {
            LockSupport.parkNanos(1_000_000);
            if (begun.incrementAndGet() % 2 == 0) {
                throw new IOException("every other one");
            }
        });
        assertEquals(begun.get(), result.done() + result.failed());
        assertEquals(begun.get() / 2, result.failed());
        Report.begin(out, "done", "made").row(result, 7);
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("every other one"), said::toString);
    }

    @Test
    void sumCountsEachResultOnce() throws InterruptedException {
        Load.Result result = run(() -> LockSupport.parkNanos(2_000_000));
        Load.Result twice = Load.Result.sum(List.of(result, result));
        assertEquals(2 * result.done(), twice.done());
        assertEquals(result.perSecond(), twice.perSecond(), 1e-6 * result.perSecond());
        assertEquals(result.millis(1), twice.millis(1));
        assertTrue(2 <= twice.millis(0) && twice.millis(0) <= twice.millis(0.5), () -> "" + twice.millis(0));
        assertTrue(twice.millis(0.5) <= twice.millis(1), () -> "" + twice.millis(0.5));
    }

    private Load.Result run(Load.Task task) throws InterruptedException {
        return new Load("a test", 2, Duration.ofMillis(100)).run(Executors.newCachedThreadPool(), out, task);
    }
}
