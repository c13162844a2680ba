package io.dewpond.testkit;

import io.dewpond.Admission;
import io.dewpond.AdmissionPolicy;
import java.time.Duration;

/** CoDel with the control law of RFC 8289, one drop at a time: what the pool's own policy is compared with. */
record RfcCodel(Duration target, Duration interval) implements AdmissionPolicy {
    /** How many intervals the count of drops is remembered. */
    private static final int REMEMBERED = 16;

    @Override
    public Admission open() {
        return new Law(target.toNanos(), interval.toNanos());
    }

    private static final class Law implements Admission {
        private final long target;
        private final long interval;
        private boolean above;
        private long firstAbove;
        private boolean dropping;
        private long dropNext;
        private int count;
        private int lastCount;

        Law(long target, long interval) {
            this.target = target;
            this.interval = interval;
        }

        @Override
        public boolean sheds(long waitedNanos, long now, int waiting) {
            boolean okToDrop = isOkToDrop(waitedNanos, now, waiting);
            if (!okToDrop) {
                dropping = false;
                return false;
            }
            if (!dropping) {
                dropping = true;
                int delta = count - lastCount;
                count = delta > 1 && now - dropNext < REMEMBERED * interval ? delta : 1;
                lastCount = count;
                dropNext = later(now);
                return true;
            }
            if (now - dropNext >= 0) {
                count++;
                dropNext = later(dropNext);
                return true;
            }
            return false;
        }

        private boolean isOkToDrop(long waitedNanos, long now, int waiting) {
            if (waitedNanos < target || waiting == 1) {
                above = false;
                return false;
            }
            if (!above) {
                above = true;
                firstAbove = now;
            }
            return now - firstAbove >= interval;
        }

        private long later(long time) {
            return time + (long) (interval / StrictMath.sqrt(count));
        }
    }
}
