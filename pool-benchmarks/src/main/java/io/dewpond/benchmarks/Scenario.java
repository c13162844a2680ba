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
