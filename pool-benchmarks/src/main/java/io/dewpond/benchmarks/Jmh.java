package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Entry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A second opinion on one thread's cycle: JMH, with its allocation profiler. The cell's JVM is the fork. */
final class Jmh implements Scenario {
    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public String title() {
        return "one thread's cycle as JMH sees it";
    }

    @Override
    public boolean admits(Entry entry) {
        return true;
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs();
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return options.wantsThreads(1)
                ? Map.of("1 on 10", Map.of("millis", options.quick() ? "300" : "1000"))
                : Map.of();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("ns", "ns a cycle", 1), new Metric("bytes", "bytes allocated per cycle", 0));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        TimeValue time = TimeValue.milliseconds(cell.number("millis"));
        RunResult result = new Runner(new OptionsBuilder()
                        .include(JmhCycle.class.getName())
                        .param("contestant", entry.name())
                        .forks(0)
                        .warmupIterations(5)
                        .warmupTime(time)
                        .measurementIterations(5)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .runSingle();
        SortedMap<String, Double> results = new TreeMap<>();
        results.put("ns", result.getPrimaryResult().getScore());
        results.put(
                "bytes",
                Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"), "no allocation profile")
                        .getScore());
        return results;
    }
}
