package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes docs/conformance.md: the frame stands in a resource, the tables come from the outcomes. */
final class Report {
    private static final Outcome MISSING = new Outcome(Verdict.ERROR, "has not been run");

    private final Map<Peer, Map<String, Outcome>> outcomes;
    private final List<String> notes = new ArrayList<>();

    Report(Map<Peer, Map<String, Outcome>> outcomes) {
        this.outcomes = outcomes;
    }

    /** The page. */
    String markdown() {
        // First, for it numbers the notes.
        String tables = tables();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "date",
                LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)));
        parts.put("machine", machine());
        parts.put("summary", summary());
        parts.put("tables", tables);
        parts.put("notes", String.join("\n", notes));
        parts.put("configurations", configurations());
        parts.put("sources", sources());
        parts.put("causes", causes());
        return Frame.fill(parts);
    }

    /** A line for everything that went wrong. */
    List<String> failures() {
        return lines(outcome -> outcome.verdict() != Verdict.PASS && outcome.verdict() != Verdict.NOT_OFFERED);
    }

    /** A line for each case of each pool. */
    List<String> raw() {
        return lines(outcome -> true);
    }

    private List<String> lines(Predicate<Outcome> wanted) {
        return outcomes.entrySet().stream()
                .flatMap(pool -> pool.getValue().entrySet().stream()
                        .filter(each -> wanted.test(each.getValue()))
                        .map(each -> String.join(
                                "\t",
                                pool.getKey().name(),
                                each.getKey(),
                                each.getValue().verdict().name(),
                                each.getValue().cause())))
                .toList();
    }

    private static String machine() {
        Runtime.Version java = Runtime.version();
        return "JDK " + java.feature() + " (" + System.getProperty("java.vm.version") + "), "
                + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private String summary() {
        List<String> rows = new ArrayList<>(
                List.of("| pool | version | passes | hangs in | not offered |", "|---|---|--:|--:|--:|"));
        outcomes.forEach((peer, results) -> {
            Tally tally = Tally.of(results.values());
            rows.add(row(List.of(
                    peer.title(),
                    Versions.of(peer),
                    tally.toString(),
                    Long.toString(tally.hung()),
                    Long.toString(results.size() - tally.judged()))));
        });
        return String.join("\n", rows);
    }

    private String tables() {
        return Cases.groups().entrySet().stream()
                .map(group -> "### " + group.getKey() + "\n\n" + table(group.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private String table(List<Case> cases) {
        List<String> rows = new ArrayList<>();
        rows.add(row(Stream.concat(
                        Stream.of("row", "behaviour"),
                        outcomes.keySet().stream().map(Peer::title))
                .toList()));
        rows.add("|---|---|" + ":-:|".repeat(outcomes.size()));
        for (Case each : cases) {
            List<String> cells = new ArrayList<>(List.of(each.row(), each.sentence()));
            outcomes.forEach((peer, results) ->
                    cells.add(results.getOrDefault(each.id(), MISSING).verdict().mark() + note(peer, each)));
            rows.add(row(cells));
        }
        return String.join("\n", rows);
    }

    private String note(Peer peer, Case each) {
        String remark = peer.remarks().get(each.id());
        if (remark == null) {
            return "";
        }
        int number = notes.size() + 1;
        notes.add("[^" + number + "]: " + peer.title() + ": " + remark);
        return "[^" + number + "]";
    }

    private String configurations() {
        return outcomes.keySet().stream()
                .map(peer -> "- **" + peer.title() + "**: " + peer.configuration())
                .collect(Collectors.joining("\n"));
    }

    private static String sources() {
        List<String> rows = new ArrayList<>(List.of("| case | why it may be asked of any pool |", "|---|---|"));
        Cases.all().forEach(each -> rows.add(row(List.of("`" + each.id() + "`", each.source()))));
        return String.join("\n", rows);
    }

    /** For each case that not all pass, who didn't, and why. */
    private String causes() {
        return Cases.all().stream()
                .map(this::causes)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String causes(Case each) {
        String failed = outcomes.entrySet().stream()
                .filter(pool -> !pool.getValue()
                        .getOrDefault(each.id(), MISSING)
                        .cause()
                        .isEmpty())
                .filter(pool -> pool.getValue().getOrDefault(each.id(), MISSING).verdict() != Verdict.NOT_OFFERED)
                .map(pool -> "  - " + pool.getKey().title() + ": `"
                        + pool.getValue()
                                .getOrDefault(each.id(), MISSING)
                                .cause()
                                .replace('`', '\'')
                        + "`")
                .collect(Collectors.joining("\n"));
        return failed.isEmpty() ? "" : "- `" + each.id() + "` " + each.sentence() + "\n" + failed;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
