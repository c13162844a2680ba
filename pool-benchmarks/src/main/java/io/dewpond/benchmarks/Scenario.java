package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Entry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One question, asked of many contestants at several points. */
interface Scenario {
    String name();

    /** What is measured, in a sentence. */
    String title();

    /** Who can take part. */
    boolean admits(Entry entry);

    /** Whether a contestant also runs in the quick version. */
    default boolean isQuick(Entry entry) {
        return entry.quick();
    }

    /** Whether a contestant is checked in the JVM that measures it. */
    default boolean checksFirst() {
        return true;
    }

    /** How often each cell is run. */
    default int rounds(Options options) {
        return options.rounds();
    }

    /** Whether each point has a table of its own with a column for each metric; else it is the other way round. */
    default boolean tablePerPoint() {
        return false;
    }

    /** The columns of the table, in order: names, with what {@link #run} must know. */
    Map<String, Map<String, String>> points(Options options);

    /** What the tables show, one table each. */
    List<Metric> metrics();

    /** Measures one cell; called in a JVM of its own, after the contestant was checked. */
    SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception;

    /**
     * A number that is measured.
     *
     * @param digits after the point
     */
    record Metric(String name, String unit, int digits) {}
}
