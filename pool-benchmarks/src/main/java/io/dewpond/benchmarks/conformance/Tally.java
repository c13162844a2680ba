package io.dewpond.benchmarks.conformance;

import java.util.Collection;

/**
 * How a pool did.
 *
 * @param judged in how many cases it was judged at all
 */
record Tally(long passed, long judged, long hung) {
    static Tally of(Collection<Outcome> outcomes) {
        return new Tally(
                count(outcomes, Verdict.PASS),
                outcomes.size() - count(outcomes, Verdict.NOT_OFFERED) - count(outcomes, Verdict.ERROR),
                count(outcomes, Verdict.HANG));
    }

    private static long count(Collection<Outcome> outcomes, Verdict verdict) {
        return outcomes.stream().filter(outcome -> outcome.verdict() == verdict).count();
    }

    @Override
    public String toString() {
        return passed + " of " + judged;
    }
}
