package io.dewpond.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** The same cell again and again, between the scenarios: when it moves, the machine does. */
final class Control {
    private static final Cell CELL = new Cell(
            "cycle",
            "limit",
            "control",
            Map.of("threads", "1", "size", "10", "warmUps", "2", "measured", "3", "millis", "200"));

    private Control() {}

    static String measure() throws Exception {
        SortedMap<String, Double> results = Fork.run(CELL, false, List.of());
        return String.format(Locale.ROOT, "%.1f cycles/µs", results.getOrDefault("rate", Double.NaN));
    }
}
