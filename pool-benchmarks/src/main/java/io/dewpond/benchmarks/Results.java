package io.dewpond.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.DoubleStream;

/** What was measured, round by round. */
final class Results {
    private final Map<Cell, List<SortedMap<String, Double>>> rounds = new LinkedHashMap<>();

    void add(Cell cell, SortedMap<String, Double> result) {
        rounds.computeIfAbsent(cell, c -> new ArrayList<>()).add(result);
    }

    /** A cell's values of a metric, one a round; empty if it has none. */
    double[] values(Cell cell, String metric) {
        return rounds.getOrDefault(cell, List.of()).stream()
                .filter(result -> result.containsKey(metric))
                .mapToDouble(result -> result.getOrDefault(metric, Double.NaN))
                .toArray();
    }

    /** The values of a metric in every cell of a scenario. */
    double[] values(String scenario, String metric) {
        return rounds.keySet().stream()
                .filter(cell -> cell.scenario().equals(scenario))
                .flatMapToDouble(cell -> DoubleStream.of(values(cell, metric)))
                .toArray();
    }

    /** Writes every number, a line each. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("scenario,contestant,point,round,metric,value");
        rounds.forEach((cell, results) -> {
            for (int round = 0; round < results.size(); round++) {
                String start = cell.scenario() + "," + cell.contestant() + "," + cell.point() + "," + round + ",";
                results.get(round).forEach((metric, value) -> lines.add(start + metric + "," + value));
            }
        });
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
