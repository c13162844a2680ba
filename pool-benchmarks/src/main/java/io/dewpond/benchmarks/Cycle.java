package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Acquire and release, nothing between: the pool's own cost. Of stubs, or of connections of the stub driver. */
final class Cycle implements Scenario {
    private final boolean jdbc;

    Cycle(boolean jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return jdbc ? "jdbc" : "cycle";
    }

    @Override
    public String title() {
        return jdbc ? "getConnection and close on a stub driver" : "acquire and release, no hold";
    }

    @Override
    public boolean admits(Entry entry) {
        return entry.jdbc() == jdbc;
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.quick() && !(jdbc && (entry.isControl() || entry.name().equals("tomcat")));
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return Points.brief(options)
                .add(1, 10)
                .add(2, 10)
                .addInFull(8, 10)
                .add(32, 10)
                .addInFull(32, 32)
                .points();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("rate", "cycles/µs", 1),
                new Metric("bytes", "bytes allocated per cycle", 0),
                new Metric("least share", "what the worst-served thread got of an equal share", 2));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        return Race.run(entry, cell.number("size"), contestant -> measure(contestant, cell));
    }

    private static <L> SortedMap<String, Double> measure(Contestant<L> contestant, Cell cell) throws Exception {
        return Windows.of(cell).measure(() -> contestant.release(contestant.acquire()), cell.number("threads"));
    }
}
