package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a cycle costs as the pool grows: with all objects idle, and with all but one lent for good, so that the threads
 * hand the last one round and most of them wait.
 */
final class Growth implements Scenario {
    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "acquire and release, no hold, in ever larger pools";
    }

    @Override
    public boolean admits(Entry entry) {
        return !entry.isControl();
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs() && !entry.jdbc();
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return Points.brief(options)
                .add(1, 10)
                .addInFull(1, 100)
                .add(1, 1000)
                .addInFull(8, 10)
                .addInFull(8, 100)
                .addInFull(8, 1000)
                .add("8, 10 lent", 8, 10, Map.of("lent", "true"))
                .add("8, 1000 lent", 8, 1000, Map.of("lent", "true"))
                .points();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("rate", "cycles/µs", 2));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        return Race.run(entry, cell.number("size"), contestant -> measure(contestant, cell));
    }

    private static <L> SortedMap<String, Double> measure(Contestant<L> contestant, Cell cell) throws Exception {
        if (!cell.flag("lent")) {
            return cycles(contestant, cell);
        }
        Object[] lent = new Object[cell.number("size") - 1];
        for (int i = 0; i < lent.length; i++) {
            lent[i] = contestant.acquire();
        }
        SortedMap<String, Double> results = cycles(contestant, cell);
        for (Object lease : lent) {
            @SuppressWarnings("unchecked") // acquired above
            L mine = (L) lease;
            contestant.release(mine);
        }
        return results;
    }

    private static <L> SortedMap<String, Double> cycles(Contestant<L> contestant, Cell cell) throws Exception {
        return Windows.of(cell).measure(() -> contestant.release(contestant.acquire()), cell.number("threads"));
    }
}
