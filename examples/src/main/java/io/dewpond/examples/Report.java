package io.dewpond.examples;

import java.io.PrintStream;
import java.util.Locale;

/** Prints measured ways of doing the same below each other. */
record Report(PrintStream out, String made) {
    /** Begins a table; {@code made} says what there is a column for how many of. */
    static Report begin(PrintStream out, String made) {
        out.printf(
                "%n%-36s%12s%11s%11s%13s%15s%9s%n", "", "per second", "p50 ms", "p99 ms", "longest ms", made, "failed");
        return new Report(out, made);
    }

    Report row(Load.Result result, long numberMade) {
        out.printf(
                Locale.ROOT,
                "%-36s%,12.0f%,11.2f%,11.2f%,13.2f%,15d%,9d%n",
                result.name(),
                result.perSecond(),
                result.millis(0.5),
                result.millis(0.99),
                result.millis(1),
                numberMade,
                result.failed());
        return this;
    }

    /** Says how many times as much one way got done as the other. */
    void compare(Load.Result more, Load.Result less) {
        out.printf(
                Locale.ROOT,
                "%s: %.1f times as many as %s%n",
                more.name(),
                more.perSecond() / less.perSecond(),
                less.name());
    }
}
