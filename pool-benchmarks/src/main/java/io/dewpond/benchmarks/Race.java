package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.FairPlay;
import io.dewpond.benchmarks.contestant.Settings;
import io.dewpond.benchmarks.stub.Ledger;
import java.time.Duration;
import java.util.SortedMap;

/** Opens a contestant over stubs, full, has it measured, and sees that it kept to its size and closes everything. */
final class Race {
    /** Longer than any wait that isn't a stall. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What is measured of an open contestant. */
    @FunctionalInterface
    interface Measurement {
        SortedMap<String, Double> of(Contestant<?> contestant) throws Exception;
    }

    private Race() {}

    static SortedMap<String, Double> run(Entry entry, int size, Measurement measurement) throws Exception {
        return run(entry, Settings.stub(size, TIMEOUT), measurement);
    }

    static SortedMap<String, Double> run(Entry entry, Settings settings, Measurement measurement) throws Exception {
        long before = Ledger.alive();
        SortedMap<String, Double> results;
        try (Contestant<?> contestant = entry.opener().open(settings)) {
            FairPlay.fill(contestant, settings.size());
            long opened = Ledger.openedSoFar();
            if (settings.isStub()) {
                FairPlay.requireAlive(before + settings.size());
            }
            results = measurement.of(contestant);
            if (Ledger.openedSoFar() != opened) {
                throw new IllegalStateException("misbehaves: it opened objects while it was measured");
            }
        }
        FairPlay.requireAlive(before);
        return results;
    }
}
