package io.dewpond.benchmarks.conformance;

import java.time.Duration;

/**
 * One behaviour that can be seen from outside a {@code DataSource}.
 *
 * @param id the row of docs/behaviours.md, and a word: {@code J1.twice}
 * @param sentence what is true if a pool passes
 * @param source why that may be asked of any pool: the text of the JDBC API, or what a borrower loses
 * @param alone whether it needs a JVM in which nothing else has happened
 * @param deadline when the pool hangs
 */
record Case(String id, String sentence, String source, boolean alone, Duration deadline, Body body) {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    /** Puts a pool to the test: returns if it passes, throws {@link Trial.Unmet} or whatever it met if not. */
    @FunctionalInterface
    interface Body {
        void run(Trial trial) throws Exception;
    }

    static Case of(String id, String sentence, String source, Body body) {
        return new Case(id, sentence, source, false, DEADLINE, body);
    }

    /** The same in a JVM of its own. */
    Case inItsOwnJvm() {
        return new Case(id, sentence, source, true, deadline, body);
    }

    Case within(Duration time) {
        return new Case(id, sentence, source, alone, time, body);
    }

    /** The row of the catalogue. */
    String row() {
        return id.substring(0, id.indexOf('.'));
    }
}
