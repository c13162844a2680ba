package io.dewpond;

import java.math.BigDecimal;
import java.time.Duration;

/** Sheds by the time spent in the queue; see {@link AdmissionPolicy#codel}. */
record Codel(long targetNanos, long intervalNanos) implements AdmissionPolicy {
    static final AdmissionPolicy NONE = new AdmissionPolicy() {
        @Override
        public Admission open() {
            return (waitedNanos, now, waiting) -> false;
        }

        @Override
        public String toString() {
            return "none";
        }
    };

    static Codel of(Duration target, Duration interval) {
        long targetNanos = Policies.positiveNanos("target", target);
        long intervalNanos = Policies.positiveNanos("interval", interval);
        if (intervalNanos < targetNanos) {
            throw new IllegalArgumentException(
                    "interval is " + interval + ", but must be at least target (" + target + ")");
        }
        return new Codel(targetNanos, intervalNanos);
    }

    @Override
    public Admission open() {
        return new QueueWatch(targetNanos, intervalNanos);
    }

    @Override
    public String toString() {
        return "CoDel, target " + millis(targetNanos) + ", interval " + millis(intervalNanos);
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString() + " ms";
    }

    /** What one pool's queue was like when objects came. */
    private static final class QueueWatch implements Admission {
        private final long target;
        private final long interval;

        /** Whether the oldest waiter had waited for the target at the last look, and since which look it had at each. */
        private boolean stands;

        private long standsSince;

        private long lookedAt;

        private boolean overloaded;
        /** When somebody had to be shed, of late. */
        private long shedAt;

        QueueWatch(long target, long interval) {
            this.target = target;
            this.interval = interval;
        }

        @Override
        public boolean sheds(long waitedNanos, long now, int waiting) {
            // The last one is kept: an object that is there serves somebody, and a queue of one doesn't stand.
            boolean tooLong = waitedNanos >= target && waiting > 1;
            // Who waited at the last look has left unserved if even the oldest came later: nothing stands any more.
            boolean sameQueue = waitedNanos >= now - lookedAt;
            lookedAt = now;
            if (overloaded && now - shedAt >= interval) {
                overloaded = false;
                stands = false;
            }
            if (!overloaded) {
                boolean stood = stands && sameQueue;
                stands = tooLong;
                if (!stood) {
                    standsSince = now;
                }
                overloaded = tooLong && now - standsSince >= interval;
            }
            boolean sheds = overloaded && tooLong;
            if (sheds) {
                shedAt = now;
            }
            return sheds;
        }

        @Override
        public boolean newestFirst() {
            return overloaded;
        }
    }
}
