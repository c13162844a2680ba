package io.dewpond;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PoolDescriptionTest {
    @Test
    @Tag("G71")
    void pictureOfABusyPool() {
        PoolStats stats =
                new PoolStats(4, 1, 1, 2, 1, 0, 3, 1, 50, 2, 1, 9, 3, 4, 1, 5, 1, 6, true, Map.of(), Map.of());
        LeaseHolder holder = new LeaseHolder(
                "worker-1", Duration.ofMillis(61_250), List.of(new StackTraceElement("App", "run", "App.java", 12)));
        QueuedBorrower waiter = new QueuedBorrower("worker-3", Duration.ofMillis(40), Duration.ofMinutes(5));
        assertEquals(
                """
                Pool 'p': 4 of 4 places taken (2 leased, 1 idle, 1 creating, 0 in maintenance), 3 waiting, \
                1 callbacks hang past their timeouts, suspended
                  lent to worker-1 for 61.2 s (acquired at App.run(App.java:12))
                  waiting: worker-3 for 40 ms, 5 min left
                  waiting: 2 more
                  the last creation failed: java.lang.IllegalStateException: refused
                  so far: 50 acquired, 2 timed out, 1 rejected; 9 created, 3 creations failed, 4 destroyed, \
                1 detached, 1 lost, 6 reclaimed; 5 other calls failed""",
                new PoolDescription("p", stats, List.of(holder), List.of(waiter), new IllegalStateException("refused"))
                        .toString());
    }

    @Test
    @Tag("G71")
    void pictureOfAQuietPool() {
        PoolStats stats =
                new PoolStats(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, Map.of(), Map.of());
        assertEquals("""
                Pool 'p': 0 of 4 places taken (0 leased, 0 idle, 0 creating, 0 in maintenance), 0 waiting
                  so far: 0 acquired, 0 timed out, 0 rejected; 0 created, 0 creations failed, 0 destroyed, \
                0 detached, 0 lost, 0 reclaimed; 0 other calls failed""", new PoolDescription("p", stats, List.of(), List.of(), null).toString());
    }
}
