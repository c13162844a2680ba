package io.dewpond.impl;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The keeper's last tick against the first who uses the time again. */
final class CoarseTimeRaces {
    private static final long NEVER = Long.MAX_VALUE;
    /** Long past, so that no reading of the clock is taken for it. */
    private static final long LONG_AGO = System.nanoTime() - 1_000_000_000_000_000L;

    /** A user says so, then looks whether anybody ticks; the keeper stops ticking, then looks for users. */
    @JCStressTest
    @Outcome(id = "ticked", expect = ACCEPTABLE, desc = "the reading was used, and ticks on")
    @Outcome(id = "read", expect = ACCEPTABLE, desc = "the user read the clock, and roused the keeper")
    @Outcome(id = "stuck", expect = FORBIDDEN, desc = "a reading in use that nobody renews")
    @State
    public static class UseMeetsLastTick {
        private final CoarseTime time = new CoarseTime();
        private final long last;
        private long tickAgainAt;
        private long told;

        public UseMeetsLastTick() {
            last = unusedUntilTheLastTick(time);
        }

        @Actor
        public void keeper() {
            tickAgainAt = time.tickOnce(last, NEVER);
        }

        @Actor
        public void user() {
            told = time.use();
        }

        @Arbiter
        public void outcome(L_Result result) {
            boolean old = told - last <= 0;
            result.r1 = !old ? "read" : tickAgainAt != NEVER ? "ticked" : "stuck";
        }
    }

    /** Ticks until the next tick is the last; returns when that is due. */
    private static long unusedUntilTheLastTick(CoarseTime time) {
        long now = LONG_AGO;
        time.use();
        for (int unused = 0; unused <= CoarseTime.MOST_UNUSED; unused++) {
            time.tickOnce(now, NEVER);
            now += CoarseTime.TICK_NANOS;
        }
        return now;
    }
}
