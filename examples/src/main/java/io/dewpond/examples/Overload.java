package io.dewpond.examples;

import io.dewpond.AdmissionPolicy;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.QueueOutcome;
import io.dewpond.testkit.QueueSimulation;
import io.dewpond.testkit.Timing;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ten objects, each held for 20 ms in the mean, so 500 borrowers a second can be served. For twenty seconds twice as many
 * come. What becomes of them, in virtual time, by what the pool was told to do about it.
 */
public final class Overload {
    /** Who has waited for longer has given up, or been given up. */
    static final Duration USEFUL = Duration.ofMillis(100);

    static final int CAPACITY_A_SECOND = 500;
    static final Duration BEGIN = Duration.ofSeconds(10);
    static final Duration END = Duration.ofSeconds(30);
    static final Duration LENGTH = Duration.ofSeconds(50);

    private Overload() {}

    // snippet:simulation
    static QueueSimulation rush() {
        Timing calm = Timing.exponential(Duration.ofNanos(2_500_000)); // 400 a second
        Timing rush = Timing.exponential(Duration.ofMillis(1));
        return QueueSimulation.of(10)
                .arrivals((random, now) ->
                        (now < BEGIN.toNanos() || now >= END.toNanos() ? calm : rush).nanos(random, now))
                .holds(Timing.exponential(Duration.ofMillis(20)))
                .acquireTimeout(Duration.ofSeconds(2))
                .length(LENGTH);
    }
    // end:simulation

    static AdmissionPolicy codel() {
        return AdmissionPolicy.codel(Duration.ofMillis(20), Duration.ofMillis(200));
    }

    /** The same in a pool. */
    static <T> PoolConfig<T> bearing(PoolConfig<T> config) {
        // snippet:config
        return config.acquireTimeout(Duration.ofSeconds(2))
                .maxWaiters(5_000)
                .admission(AdmissionPolicy.codel(Duration.ofMillis(20), Duration.ofMillis(200)));
        // end:config
    }

    /** What can be done, from nothing to all. */
    static Map<String, QueueSimulation> remedies() {
        Map<String, QueueSimulation> remedies = new LinkedHashMap<>();
        remedies.put("a plain queue", rush());
        remedies.put("`acquireTimeout` 100 ms", rush().acquireTimeout(Duration.ofMillis(100)));
        remedies.put("`maxWaiters` 50", rush().maxWaiters(50));
        remedies.put("`admission` CoDel", rush().admission(codel()));
        return remedies;
    }

    /** A row for each remedy: how the borrowers of the rush fared. */
    static String table() {
        StringBuilder table =
                new StringBuilder("| | served within 100 ms | median wait | longest wait |\n|---|---|---|---|\n");
        remedies().forEach((name, simulation) -> {
            QueueOutcome outcome = simulation.run().between(BEGIN, END);
            long capacity = CAPACITY_A_SECOND * END.minus(BEGIN).toSeconds();
            table.append("| ").append(name);
            table.append(" | ")
                    .append(Math.round(100.0 * outcome.servedWithin(USEFUL) / capacity))
                    .append(" %");
            table.append(" | ").append(outcome.servedWait(0.5).toMillis()).append(" ms");
            table.append(" | ").append(outcome.servedWait(1).toMillis()).append(" ms |\n");
        });
        return table.toString();
    }

    /**
     * Runs the example.
     *
     * @param arguments none
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        run(System.out);
    }

    static void run(PrintStream out) {
        out.println("Twice as many come as can be served; in percent of those who can:");
        out.print(table());
    }
}
