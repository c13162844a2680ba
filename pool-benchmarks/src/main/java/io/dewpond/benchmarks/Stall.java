package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A crowd that goes home: each thread makes a few hundred cycles and ends. A run takes milliseconds; a thread that
 * nevertheless sits out its timeout was forgotten by the pool, with every object idle. It shows only in short runs,
 * since the next release would save it.
 */
final class Stall implements Scenario {
    private static final int SIZE = 10;
    private static final int THREADS = 64;
    private static final int CYCLES = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "stall";
    }

    @Override
    public String title() {
        return THREADS + " threads make " + CYCLES + " cycles each on " + SIZE + " objects, and go";
    }

    @Override
    public boolean admits(Entry entry) {
        return !entry.isControl();
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs();
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        String runs = options.quick() ? "10" : "30";
        return Map.of(runs + " runs", Map.of("runs", runs));
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric("stalled", "runs in which a thread sat out its timeout", 0));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        return Race.run(entry, Settings.stub(SIZE, TIMEOUT), contestant -> {
            int stalled = 0;
            for (int run = 0; run < cell.number("runs"); run++) {
                stalled += timeouts(contestant) > 0 ? 1 : 0;
            }
            return new TreeMap<>(Map.of("stalled", (double) stalled));
        });
    }

    private static <L> int timeouts(Contestant<L> contestant) throws InterruptedException {
        AtomicInteger timeouts = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            Borrower<L> borrower = new Borrower<>(new Stop(), contestant, 0, false);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    gate.await();
                    for (int cycle = 0; cycle < CYCLES; cycle++) {
                        borrower.once();
                    }
                } catch (Exception e) {
                    timeouts.incrementAndGet();
                } finally {
                    gone.countDown();
                }
            });
        }
        gate.countDown();
        if (!gone.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("misbehaves: a thread never came back");
        }
        return timeouts.get();
    }
}
