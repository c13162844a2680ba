package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/** Many threads on few objects: how much gets through, and who gets it. */
final class Crowd implements Scenario {
    private static final int SIZE = 10;
    private static final int WARM_UPS = 2;

    @Override
    public String name() {
        return "crowd";
    }

    @Override
    public String title() {
        return "many threads on " + SIZE + " objects; greedy: acquire again at once, polite: yield before";
    }

    @Override
    public boolean admits(Entry entry) {
        return !entry.isControl();
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs()
                || List.of("stormpot", "vibur", "hikaricp", "tomcat").contains(entry.name());
    }

    @Override
    public boolean tablePerPoint() {
        return true;
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        Map<String, Map<String, String>> points = new LinkedHashMap<>();
        if (options.quick()) {
            add(points, options, "virtual", 1_000, "greedy", 0);
            add(points, options, "virtual", 1_000, "greedy", 100);
            add(points, options, "platform", 200, "greedy", 0);
            return points;
        }
        for (String manner : List.of("greedy", "polite")) {
            for (int holdMicros : List.of(0, 100, 1_000)) {
                add(points, options, "virtual", 1_000, manner, holdMicros);
                add(points, options, "virtual", 10_000, manner, holdMicros);
                add(points, options, "platform", 200, manner, holdMicros);
            }
        }
        return points;
    }

    private static void add(
            Map<String, Map<String, String>> points,
            Options options,
            String kind,
            int threads,
            String manner,
            int holdMicros) {
        if (options.wantsThreads(threads)) {
            String hold = holdMicros == 0 ? "one yield" : holdMicros + " µs";
            points.put(
                    threads + " " + kind + " " + manner + " " + hold,
                    Map.of(
                            "threads", Integer.toString(threads),
                            "virtual", Boolean.toString(kind.equals("virtual")),
                            "polite", Boolean.toString(manner.equals("polite")),
                            "holdMicros", Integer.toString(holdMicros),
                            "millis", Integer.toString(millis(options, threads, holdMicros))));
        }
    }

    /** At least about four turns of a fair pool. */
    private static int millis(Options options, int threads, int holdMicros) {
        int turns = 4 * threads * Math.max(holdMicros, 100) / SIZE / 1_000;
        return Math.max(options.quick() ? 800 : 2_000, turns * 2);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("rate", "leases/s", 0),
                new Metric("starved", "threads with none", 0),
                new Metric("jain", "Jain", 3),
                new Metric("longest", "longest wait, ms", 1),
                new Metric("turn", "fair turn, ms", 1),
                new Metric("turns", "longest wait, fair turns", 2),
                new Metric("timeouts", "timeouts", 0));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        return Race.run(entry, SIZE, contestant -> measure(contestant, cell));
    }

    private static <L> SortedMap<String, Double> measure(Contestant<L> contestant, Cell cell) throws Exception {
        long nanos = TimeUnit.MILLISECONDS.toNanos(cell.number("millis"));
        // The first crowd meets code that isn't compiled yet, and two or three times as slow; the second is no steady
        // guide either.
        for (int i = 0; i < WARM_UPS; i++) {
            gather(contestant, cell).run(nanos);
        }
        return gather(contestant, cell).run(nanos);
    }

    private static <L> Gathering gather(Contestant<L> contestant, Cell cell) {
        long holdNanos = TimeUnit.MICROSECONDS.toNanos(cell.number("holdMicros"));
        Stop stop = new Stop();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < cell.number("threads"); i++) {
            members.add(new Borrower<>(stop, contestant, holdNanos, cell.flag("polite")));
        }
        return new Gathering(members, stop, cell.flag("virtual"));
    }
}
