package io.dewpond.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One contestant at one point of one scenario: what a JVM of its own measures.
 *
 * @param point names a column of the table, such as {@code 8 on 10}
 * @param numbers what the scenario must know about the point
 */
record Cell(String scenario, String contestant, String point, Map<String, String> numbers) {
    int number(String name) {
        return Integer.parseInt(text(name));
    }

    String text(String name) {
        String value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing in " + this);
        }
        return value;
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(numbers.getOrDefault(name, "false"));
    }

    String[] toArguments() {
        return Stream.concat(
                        Stream.of(scenario, contestant, point),
                        numbers.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()))
                .toArray(String[]::new);
    }

    static Cell of(String[] arguments) {
        Map<String, String> numbers = new TreeMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] pair = arguments[i].split("=", 2);
            numbers.put(pair[0], pair[1]);
        }
        return new Cell(arguments[0], arguments[1], arguments[2], numbers);
    }
}
