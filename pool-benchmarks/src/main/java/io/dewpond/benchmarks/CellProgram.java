package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.FairPlay;
import io.dewpond.benchmarks.contestant.Field;
import java.io.PrintStream;
import java.util.SortedMap;

/** The program in the JVM of one cell: checks the contestant, measures, prints what {@link Fork} reads. */
final class CellProgram {
    static final String CHECK = "bench.check";
    static final String RESULT = "RESULT\t";
    static final String NOTE = "NOTE\t";

    private CellProgram() {}

    @SuppressWarnings("SystemOut") // the way back to the JVM that asked
    public static void main(String[] args) throws Exception {
        Cell cell = Cell.of(args);
        Entry entry = Field.named(cell.contestant());
        PrintStream out = System.out;
        if (Boolean.getBoolean(CHECK)) {
            FairPlay.check(entry).forEach(note -> out.println(NOTE + entry.name() + " " + note));
        }
        Others others = Others.watch();
        SortedMap<String, Double> results = Scenarios.named(cell.scenario()).run(cell, entry);
        results.put("others", others.share());
        results.forEach((metric, value) -> out.println(RESULT + metric + "\t" + value));
        System.exit(0);
    }
}
