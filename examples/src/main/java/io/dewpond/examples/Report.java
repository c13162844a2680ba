package io.dewpond.examples;

import java.io.PrintStream;
import java.util.Locale;

/** Prints measured ways of doing the same below each other. */
record Report(PrintStream out) {
    /** Begins a table of what was done in a second, and of what was made to do it. */
    static Report begin(PrintStream out, String done, String made) {
        out.printf("%n%-38s%12s%10s%10s%12s%13s%8s%n", "", done, "p50 ms", "p99 ms", "longest ms", made, "failed");
        return new Report(out);
    }

    Report row(Load.Result result, long numberMade) {
        out.printf(
                Locale.ROOT,
                "%-38s%,12.0f%,10.2f%,10.2f%,12.2f%,13d%,8d%n",
                result.name(),
                result.perSecond(),
                result.millis(0.5),
                result.millis(0.99),
                result.millis(1),
                numberMade,
                result.failed());
        failure(result);
        return this;
    }

    /** Says what the last of those said that failed, if any did. */
    private void failure(Load.Result result) {
        if (result.lastFailure() != null) {
            out.printf("    failed last: %s%n", result.lastFailure());
        }
    }

    /** Says how many times as much one way got done as the other. */
    void compare(Load.Result more, Load.Result less) {
        out.printf(Locale.ROOT, "%s: %.1f times as many%n", more.name(), more.perSecond() / less.perSecond());
    }
}
