package io.dewpond.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs a cell in a JVM of its own, so that no contestant profits from what the compiler learnt from another. */
final class Fork {
    /** The heap's pages are there from the start, or who allocates pays for the kernel's zeroing of them. */
    private static final List<String> FLAGS =
            List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC", "-XX:-UsePerfData");

    private Fork() {}

    /**
     * Waits for the result.
     *
     * @param check whether the contestant must show first that it does its work
     * @param notes where what is strange about the contestant goes
     * @throws IllegalStateException if the contestant misbehaves; the message has all that the JVM said
     */
    static SortedMap<String, Double> run(Cell cell, boolean check, Collection<String> notes)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(FLAGS);
        command.addAll(List.of(
                "-D" + CellProgram.CHECK + "=" + check,
                "-classpath",
                System.getProperty("java.class.path"),
                CellProgram.class.getName()));
        command.addAll(List.of(cell.toArguments()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        SortedMap<String, Double> results = new TreeMap<>();
        StringBuilder said = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(CellProgram.RESULT)) {
                    String[] words = line.split("\t", -1);
                    results.put(words[1], Double.parseDouble(words[2]));
                } else if (line.startsWith(CellProgram.NOTE)) {
                    notes.add(line.substring(CellProgram.NOTE.length()));
                } else {
                    said.append(line).append('\n');
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said.toString());
        }
        return results;
    }
}
