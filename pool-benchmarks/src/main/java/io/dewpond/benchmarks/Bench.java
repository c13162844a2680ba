package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.Field;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;

/**
 * Runs the scenarios that were asked for and prints their tables; docs/benchmarks.md has the options and the method.
 *
 * <p>Within a scenario the contestants take turns, in an order that rotates: when the machine drifts, all drift.
 */
public final class Bench {
    private final Options options;
    private final PrintStream out;
    private final Results results = new Results();
    private final Set<String> notes = new TreeSet<>();
    private final Set<String> checked = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    private Bench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    @SuppressWarnings("SystemOut") // where the tables go
    public static void main(String[] args) throws Exception {
        Bench bench = new Bench(Options.fromSystem(), System.out);
        bench.run(Path.of(System.getProperty("bench.results", "target/benchmarks")));
        System.exit(bench.failures.isEmpty() ? 0 : 1);
    }

    private void run(Path folder) throws Exception {
        out.println("JDK " + System.getProperty("java.vm.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, " + options.rounds() + " rounds"
                + (options.quick() ? ", quick" : ""));
        for (Scenario scenario : Scenarios.all()) {
            if (options.wants(scenario)) {
                run(scenario);
                results.write(folder.resolve("raw.csv"));
            }
        }
        out.println("\nEvery number is in " + folder.resolve("raw.csv"));
        notes.forEach(note -> out.println("Note: " + note));
        failures.forEach(failure -> out.println("FAILED: " + failure));
    }

    private void run(Scenario scenario) throws Exception {
        List<Entry> entries = Field.all().stream()
                .filter(scenario::admits)
                .filter(entry -> options.only().isEmpty()
                        ? !options.quick() || scenario.isQuick(entry)
                        : options.wants(entry.name()))
                .toList();
        Map<String, Map<String, String>> points = scenario.points(options);
        int rounds = scenario.rounds(options);
        out.println("\n## " + scenario.name() + ": " + scenario.title() + "\n");
        out.println(rounds * points.size() * entries.size() + " cells; control " + Control.measure());
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, Map<String, String>> point : points.entrySet()) {
                List<Entry> order = new ArrayList<>(entries);
                Collections.rotate(order, round * entries.size() / rounds);
                for (Entry entry : order) {
                    run(scenario, new Cell(scenario.name(), entry.name(), point.getKey(), point.getValue()));
                }
            }
        }
        out.println("After the last: control " + Control.measure() + "; " + others(scenario) + "\n");
        if (scenario.tablePerPoint()) {
            points.forEach((point, numbers) -> out.println(Table.of(scenario, point, numbers, entries, results)));
        } else {
            scenario.metrics().forEach(metric -> out.println(Table.of(scenario, metric, entries, points, results)));
        }
    }

    private String others(Scenario scenario) {
        double[] shares = results.values(scenario.name(), "others");
        return shares.length == 0
                ? "nothing measured"
                : String.format(
                        Locale.ROOT,
                        "others had %.0f%% of the machine, in the worst cell %.0f%%",
                        Arithmetic.median(shares),
                        DoubleStream.of(shares).max().orElse(0));
    }

    private void run(Scenario scenario, Cell cell) throws Exception {
        // The quick version believes a contestant the second time.
        boolean check = scenario.checksFirst() && (!options.quick() || !checked.contains(cell.contestant()));
        try {
            results.add(cell, Fork.run(cell, check, notes));
            if (check) {
                checked.add(cell.contestant());
            }
        } catch (IllegalStateException e) {
            String failure = cell.contestant() + " in " + cell.scenario() + ", " + cell.point() + ": " + e.getMessage();
            failures.add(failure);
            out.println("FAILED: " + failure);
        }
    }
}
