package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.Settings;
import io.dewpond.benchmarks.stub.StubDriver;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How long a JVM that knows nothing of the pool takes from opening it to its first object. */
final class Cold implements Scenario {
    @Override
    public String name() {
        return "cold";
    }

    @Override
    public String title() {
        return "cold start to the first object of 10";
    }

    @Override
    public boolean admits(Entry entry) {
        return !entry.isControl();
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs() || entry.name().equals("hikaricp");
    }

    @Override
    public int rounds(Options options) {
        return Math.max(options.rounds(), options.quick() ? 3 : 7);
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return Map.of("first", Map.of());
    }

    /** A check would warm it up. */
    @Override
    public boolean checksFirst() {
        return false;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("ms", "ms to the first object", 1));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        if (entry.jdbc()) {
            // Loads the driver, and with it all that are on the class path: some of the peers bring their own, and one
            // of
            // those starts the management of the whole JVM. No pool is to blame for that, and none can avoid it.
            DriverManager.getConnection(StubDriver.URL).close();
        }
        long begun = System.nanoTime();
        try (Contestant<?> contestant = entry.opener().open(Settings.stub(10, Race.TIMEOUT))) {
            return first(contestant, begun);
        }
    }

    private static <L> SortedMap<String, Double> first(Contestant<L> contestant, long begun) throws Exception {
        L lease = contestant.acquire();
        double millis = (System.nanoTime() - begun) / 1e6;
        contestant.release(lease);
        return new TreeMap<>(Map.of("ms", millis));
    }
}
