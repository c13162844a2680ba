package io.dewpond.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was asked for on the command line.
 *
 * @param scenarios names, or {@code all}
 * @param only names of contestants, each with its variants; everybody if empty
 * @param threads the numbers of threads to run with; all if empty
 * @param rounds how often each cell is run, each time in a new JVM
 */
record Options(List<String> scenarios, List<String> only, List<String> threads, boolean quick, int rounds) {
    static Options fromSystem() {
        boolean quick = flag("bench.quick");
        List<String> rounds = list("bench.rounds");
        return new Options(
                list("bench"),
                list("bench.only"),
                list("bench.threads"),
                quick,
                rounds.isEmpty() ? 2 : Integer.parseInt(rounds.get(0)));
    }

    boolean wants(Scenario scenario) {
        return scenarios.isEmpty()
                || scenarios.contains("all")
                || scenarios.contains("true")
                || scenarios.contains(scenario.name());
    }

    /** {@code stormpot} wants {@code stormpot-noexpiry} too. */
    boolean wants(String contestant) {
        return only.stream().anyMatch(word -> contestant.equals(word) || contestant.startsWith(word + "-"));
    }

    boolean wantsThreads(int number) {
        return threads.isEmpty() || threads.contains(Integer.toString(number));
    }

    private static boolean flag(String name) {
        String value = System.getProperty(name, "").toLowerCase(Locale.ROOT);
        return !value.isEmpty() && !value.equals("false");
    }

    private static List<String> list(String name) {
        return Stream.of(System.getProperty(name, "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
