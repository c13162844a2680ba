package io.dewpond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PoolExceptionTest {
    private static final PoolStats STATS =
            new PoolStats(4, 0, 1, 2, 1, 0, 7, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of());

    @Test
    @Tag("G52")
    void timeoutOfASuspendedPoolSaysSo() {
        PoolStats suspended =
                new PoolStats(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true, Map.of(), Map.of());
        assertEquals(
                "Pool 'p' had nothing to lend at once, for it is suspended: 1 of 1 places taken (0 leased, 1 idle, "
                        + "0 creating, 0 in maintenance), 0 waiting",
                new AcquireTimeoutException("p", Duration.ZERO, suspended, List.of(), false, null).getMessage());
    }

    @Test
    @Tag("G59")
    void timeoutTellsTheWholeStory() {
        IOException refused = new IOException("connection refused");
        List<StackTraceElement> site = List.of(
                new StackTraceElement("io.dewpond.jdbc.PooledDataSource", "getConnection", "PooledDataSource.java", 1),
                new StackTraceElement("shop.Orders", "place", "Orders.java", 42));
        List<LeaseHolder> holders = List.of(
                new LeaseHolder("worker-1", Duration.ofMinutes(3), site),
                new LeaseHolder("worker-2", Duration.ofMillis(40), List.of()));
        AcquireTimeoutException timeout =
                new AcquireTimeoutException("parsers", Duration.ofMillis(1500), STATS, holders, false, refused);
        assertEquals(
                "Pool 'parsers' had nothing to lend within 1.5 s: 4 of 4 places taken (2 leased, 1 idle, 1 creating, "
                        + "0 in maintenance), 7 waiting, 3 callbacks hang past their timeouts; held longest by worker-1 "
                        + "for 3 min (acquired at shop.Orders.place(Orders.java:42)), worker-2 for 40 ms; the last creation failed: java.io.IOException: connection refused",
                timeout.getMessage());
        assertSame(refused, timeout.getCause());
        assertSame(STATS, timeout.stats());
        assertEquals(holders, timeout.holders());
        assertEquals("parsers", timeout.pool());
    }

    @Test
    @Tag("G59")
    void timeoutSaysNothingOfWhatThereIsNot() {
        PoolStats quiet =
                new PoolStats(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of());
        assertEquals(
                "Pool 'p' had nothing to lend at once: 0 of 4 places taken (0 leased, 0 idle, 0 creating, "
                        + "0 in maintenance), 0 waiting",
                new AcquireTimeoutException("p", Duration.ZERO, quiet, List.of(), false, null).getMessage());
    }

    @Test
    @Tag("G17")
    void timeoutSaysWhetherTheThreadWasWaitingForItself() {
        PoolStats all = new PoolStats(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of());
        List<LeaseHolder> holders = List.of(new LeaseHolder("main", Duration.ZERO, List.of()));
        AcquireTimeoutException waited =
                new AcquireTimeoutException("p", Duration.ofSeconds(1), all, holders, true, null);
        assertTrue(waited.selfDeadlock());
        assertEquals(
                "Pool 'p' had nothing to lend within 1.0 s: 1 of 1 places taken (1 leased, 0 idle, 0 creating, "
                        + "0 in maintenance), 0 waiting; held longest by main for 0 ms; "
                        + "this thread holds all of them: it was waiting for itself",
                waited.getMessage());
        AcquireTimeoutException atOnce = new AcquireTimeoutException("p", Duration.ZERO, all, holders, true, null);
        assertTrue(
                atOnce.getMessage().endsWith("all of them: to wait would be to wait for itself"), atOnce::getMessage);
        assertFalse(new AcquireTimeoutException("p", Duration.ZERO, all, holders, false, null).selfDeadlock());
    }

    @Test
    void timeoutSurvivesSerializationWithoutItsSnapshot() throws Exception {
        AcquireTimeoutException timeout = new AcquireTimeoutException(
                "p", Duration.ofSeconds(1), STATS, List.of(), true, new IOException("refused"));
        AcquireTimeoutException copy = assertInstanceOf(AcquireTimeoutException.class, copied(timeout));
        assertEquals(timeout.getMessage(), copy.getMessage());
        assertEquals(Duration.ofSeconds(1), copy.waited());
        assertTrue(copy.selfDeadlock());
        assertEquals("p", copy.pool());
        assertNull(copy.stats());
        assertEquals(List.of(), copy.holders());
    }

    @Test
    void othersNameThePoolAndTheReason() {
        IOException refused = new IOException("refused");
        assertEquals("Pool 'p' is closed", new PoolClosedException("p").getMessage());
        assertEquals(
                "Pool 'p' refused an acquire: 3 borrowers wait already, and maxWaiters allows no more",
                new AcquireRejectedException("p", 3).getMessage());
        assertEquals(Duration.ZERO, new AcquireRejectedException("p", 3).waited());
        AcquireRejectedException shed =
                new AcquireRejectedException("p", Duration.ofMillis(21), 7, "CoDel, target 20 ms, interval 200 ms");
        assertEquals(
                "Pool 'p' is overloaded and shed an acquire: its queueing delay was 21 ms, 7 still wait "
                        + "(admission: CoDel, target 20 ms, interval 200 ms)",
                shed.getMessage());
        assertEquals(Duration.ofMillis(21), shed.waited());
        CreationFailedException failed = new CreationFailedException("p", refused);
        assertEquals("Pool 'p' has no object and can't create one: java.io.IOException: refused", failed.getMessage());
        assertSame(refused, failed.getCause());
    }

    private static Object copied(Object original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
