package io.dewpond.benchmarks;

import java.util.List;

/** All there is to ask, in the order of the tables. */
final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Cycle(false),
            new Cycle(true),
            new Jmh(),
            new Query(false),
            new Query(true),
            new Crowd(),
            new Growth(),
            new Stall(),
            new Footprint(),
            new Cold());

    private Scenarios() {}

    static List<Scenario> all() {
        return ALL;
    }

    static Scenario named(String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is called " + name));
    }
}
