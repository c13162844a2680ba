package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.FairPlay;
import io.dewpond.benchmarks.contestant.Settings;
import io.dewpond.benchmarks.stub.Stub;
import io.dewpond.benchmarks.stub.StubDriver;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What many quiet pools cost: threads, heap, and the size of the jars. */
final class Footprint implements Scenario {
    private static final int POOLS = 200;
    private static final int SIZE = 10;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String title() {
        return POOLS + " quiet pools of " + SIZE + ", without what their objects weigh";
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
    public boolean tablePerPoint() {
        return true;
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return Map.of(POOLS + " pools", Map.of("quietMillis", options.quick() ? "3000" : "10000"));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("threads", "threads in all", 0),
                new Metric("heap", "KB heap a pool", 1),
                new Metric("jars", "KB jars", 0));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        // What a first pool loads is paid once, and for ever.
        try (Contestant<?> first = entry.opener().open(Settings.stub(SIZE, Race.TIMEOUT))) {
            FairPlay.fill(first, SIZE);
        }
        List<Object> held = new ArrayList<>();
        double objects = heapOf(() -> {
            for (int i = 0; i < POOLS * SIZE; i++) {
                held.add(entry.jdbc() ? DriverManager.getConnection(StubDriver.URL) : new Stub());
            }
        });
        int threads = Thread.getAllStackTraces().size();
        List<Contestant<?>> pools = new ArrayList<>();
        double heap = heapOf(() -> {
            for (int i = 0; i < POOLS; i++) {
                Contestant<?> pool = entry.opener().open(Settings.stub(SIZE, Race.TIMEOUT));
                FairPlay.fill(pool, SIZE);
                pools.add(pool);
            }
            Pause.of(TimeUnit.MILLISECONDS.toNanos(cell.number("quietMillis")));
        });
        SortedMap<String, Double> results = new TreeMap<>();
        results.put("threads", (double) Thread.getAllStackTraces().size() - threads);
        results.put("heap", (heap - objects) / POOLS / 1024);
        results.put("jars", Jars.bytes(entry.artifacts()) / 1024.0);
        for (Contestant<?> pool : pools) {
            pool.close();
        }
        for (Object object : held) {
            if (object instanceof Connection connection) {
                connection.close();
            }
        }
        return results;
    }

    /** Nothing here hangs on luck. */
    @Override
    public int rounds(Options options) {
        return options.quick() ? 1 : options.rounds();
    }

    /** A full collection retires the allocation buffers; a second one takes what the first had queued. */
    private static double heapOf(Stint.Work work) throws Exception {
        double before = used();
        work.once();
        return used() - before;
    }

    private static double used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
