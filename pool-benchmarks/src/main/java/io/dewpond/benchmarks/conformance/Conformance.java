package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Peers;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs every case on every pool and writes the table; docs/conformance.md has the method, and is what this writes.
 *
 * <p>{@code -Dconformance.only} names pools, rows or cases, with commas; then nothing is written but to the terminal.
 */
public final class Conformance {
    private final List<String> only;
    private final Path folder;
    private final PrintStream out;

    private Conformance(List<String> only, Path folder, PrintStream out) {
        this.only = only;
        this.folder = folder;
        this.out = out;
    }

    @SuppressWarnings("SystemOut") // where progress and causes go
    public static void main(String[] args) throws Exception {
        List<String> only = Stream.of(System.getProperty("conformance.only", "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        Path folder = Path.of(System.getProperty("conformance.results", "target/conformance"));
        Conformance conformance = new Conformance(only, folder, System.out);
        Map<Peer, Map<String, Outcome>> outcomes = conformance.run(Integer.getInteger("conformance.parallel", 2));
        conformance.tell(outcomes, Path.of(System.getProperty("conformance.file", "docs/conformance.md")));
        boolean judged = outcomes.values().stream()
                .flatMap(each -> each.values().stream())
                .noneMatch(outcome -> outcome.verdict() == Verdict.ERROR);
        System.exit(judged ? 0 : 1);
    }

    private Map<Peer, Map<String, Outcome>> run(int atOnce) throws Exception {
        List<Peer> peers = named(Peers.all(), Peer::name);
        List<Case> cases = Cases.all().stream().filter(this::wants).toList();
        cases = cases.isEmpty() ? Cases.all() : cases;
        Files.createDirectories(folder);
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        Map<Peer, Future<Map<String, Outcome>>> running = new LinkedHashMap<>();
        for (Peer peer : peers) {
            running.put(peer, threads.submit(trial(peer, cases)));
        }
        threads.shutdown();
        Map<Peer, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
        for (Map.Entry<Peer, Future<Map<String, Outcome>>> each : running.entrySet()) {
            outcomes.put(each.getKey(), each.getValue().get());
        }
        return outcomes;
    }

    private Callable<Map<String, Outcome>> trial(Peer peer, List<Case> cases) {
        return () -> {
            Path log = folder.resolve(peer.name() + ".log");
            Files.deleteIfExists(log);
            long start = System.nanoTime();
            Map<String, Outcome> outcomes = new Court(peer, log).judge(cases);
            out.println(peer.title() + ": " + Tally.of(outcomes.values()) + ", in "
                    + (System.nanoTime() - start) / 1_000_000_000 + " s");
            return outcomes;
        };
    }

    private <T> List<T> named(List<T> all, Function<T, String> name) {
        List<T> chosen =
                all.stream().filter(each -> only.contains(name.apply(each))).toList();
        return chosen.isEmpty() ? all : chosen;
    }

    private boolean wants(Case each) {
        return only.contains(each.id()) || only.contains(each.row());
    }

    private void tell(Map<Peer, Map<String, Outcome>> outcomes, Path file) throws Exception {
        Report report = new Report(outcomes);
        report.failures().forEach(out::println);
        Files.write(folder.resolve("raw.tsv"), report.raw());
        if (only.isEmpty()) {
            Files.writeString(file, report.markdown());
            out.println("Written to " + file);
        }
    }
}
