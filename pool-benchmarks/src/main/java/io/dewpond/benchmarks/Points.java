package io.dewpond.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** The columns of the scenarios that count cycles: so many threads on a pool of so many objects. */
final class Points {
    private final Map<String, Map<String, String>> points = new LinkedHashMap<>();
    private final Options options;
    private final Map<String, String> windows;

    /** Windows long enough for code that a second of warm-up brings to its plateau. */
    static Points brief(Options options) {
        return new Points(options, options.quick() ? windows(2, 3, 200) : windows(3, 5, 1_000));
    }

    /** A warm-up for code that takes seconds to reach its plateau. */
    static Points patient(Options options) {
        return new Points(options, options.quick() ? windows(4, 3, 400) : windows(5, 5, 1_000));
    }

    private Points(Options options, Map<String, String> windows) {
        this.options = options;
        this.windows = windows;
    }

    Points add(String name, int threads, int size, Map<String, String> more) {
        if (options.wantsThreads(threads)) {
            Map<String, String> numbers = new LinkedHashMap<>(windows);
            numbers.put("threads", Integer.toString(threads));
            numbers.put("size", Integer.toString(size));
            numbers.putAll(more);
            points.put(name, numbers);
        }
        return this;
    }

    Points add(int threads, int size) {
        return add(threads + " on " + size, threads, size, Map.of());
    }

    /** For what the quick version leaves out, unless it is asked for by its number of threads. */
    Points addInFull(int threads, int size) {
        return options.quick() && options.threads().isEmpty() ? this : add(threads, size);
    }

    Map<String, Map<String, String>> points() {
        return points;
    }

    private static Map<String, String> windows(int warmUps, int measured, int millis) {
        return Map.of(
                "warmUps", Integer.toString(warmUps),
                "measured", Integer.toString(measured),
                "millis", Integer.toString(millis));
    }
}
