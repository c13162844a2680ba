package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints a metric as a Markdown table: a row for each contestant, a column for each point, medians with half the range. */
final class Table {
    private Table() {}

    static String of(
            Scenario scenario,
            Scenario.Metric metric,
            List<Entry> entries,
            Map<String, Map<String, String>> points,
            Results results) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(metric.unit()));
        head.addAll(points.keySet());
        rows.add(head);
        for (Entry entry : entries) {
            List<String> row = new ArrayList<>(List.of(entry.name()));
            points.forEach((point, numbers) -> row.add(text(
                    results.values(new Cell(scenario.name(), entry.name(), point, numbers), metric.name()), metric)));
            rows.add(row);
        }
        return markdown(rows);
    }

    /** The other way round: one point, a column for each metric. */
    static String of(
            Scenario scenario, String point, Map<String, String> numbers, List<Entry> entries, Results results) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(point));
        scenario.metrics().forEach(metric -> head.add(metric.unit()));
        rows.add(head);
        for (Entry entry : entries) {
            Cell cell = new Cell(scenario.name(), entry.name(), point, numbers);
            List<String> row = new ArrayList<>(List.of(entry.name()));
            scenario.metrics().forEach(metric -> row.add(text(results.values(cell, metric.name()), metric)));
            rows.add(row);
        }
        return markdown(rows);
    }

    private static String text(double[] values, Scenario.Metric metric) {
        if (values.length == 0) {
            return "–";
        }
        String median = String.format(Locale.ROOT, "%,." + metric.digits() + "f", Arithmetic.median(values));
        double halfRange = Arithmetic.halfRange(values);
        return halfRange == 0
                ? median
                : median + " ± " + String.format(Locale.ROOT, "%,." + metric.digits() + "f", halfRange);
    }

    private static String markdown(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < columns; i++) {
                String word = rows.get(r).get(i);
                String space = " ".repeat(widths[i] - word.length());
                text.append("| ").append(i == 0 ? word + space : space + word).append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append("| ").append("-".repeat(widths[i] - 1)).append(i == 0 ? "- " : ": ");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
