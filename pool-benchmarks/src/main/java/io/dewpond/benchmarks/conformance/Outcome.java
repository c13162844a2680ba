package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.Trial.CannotOpen;
import io.dewpond.benchmarks.conformance.Trial.Hangs;
import io.dewpond.benchmarks.conformance.Trial.NotOffered;
import io.dewpond.benchmarks.conformance.Trial.Unmet;
import org.jspecify.annotations.Nullable;

/**
 * A verdict and why.
 *
 * @param cause one line; empty for a pass
 */
record Outcome(Verdict verdict, String cause) {
    static final Outcome PASS = new Outcome(Verdict.PASS, "");
    private static final int LONG = 160;

    /** What a case that ended so has shown; what it didn't foresee counts against the pool. */
    static Outcome of(Throwable end) {
        if (end instanceof NotOffered) {
            return new Outcome(Verdict.NOT_OFFERED, line(String.valueOf(end.getMessage())));
        }
        if (end instanceof CannotOpen) {
            return new Outcome(Verdict.ERROR, line(end.getMessage() + ": " + end.getCause()));
        }
        if (end instanceof Hangs) {
            return new Outcome(Verdict.HANG, line(String.valueOf(end.getMessage())));
        }
        return new Outcome(Verdict.FAIL, line(end instanceof Unmet ? String.valueOf(end.getMessage()) : named(end)));
    }

    /** The name of what was thrown. */
    static String kind(@Nullable Throwable thrown) {
        return thrown == null ? "nothing" : thrown.getClass().getSimpleName();
    }

    private static String named(Throwable end) {
        return kind(end) + ": " + end.getMessage();
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONG ? line : line.substring(0, LONG) + "…";
    }
}
