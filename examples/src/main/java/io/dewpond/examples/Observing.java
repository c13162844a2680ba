package io.dewpond.examples;

import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import io.dewpond.PoolStats;
import io.dewpond.PoolTimings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What can be known of a pool while it works: the code of the guide's page about that. */
final class Observing {
    private Observing() {}

    static String gauge(Pool<?> pool) {
        // snippet:stats
        PoolStats stats = pool.stats();
        String now = stats.leased() + " of " + stats.maxSize() + " lent, " + stats.waiting() + " waiting";
        String ever = stats.acquired() + " lent, " + stats.timedOut() + " timed out, " + stats.rejected()
                + " rejected, " + stats.creationFailures() + " failed creations, " + stats.lost() + " lost";
        // end:stats
        return now + "; " + ever;
    }

    // snippet:listener
    /** Counts what somebody should look at. */
    static final class Alarms implements PoolListener<Object> {
        final LongAdder failures = new LongAdder();
        final LongAdder leaks = new LongAdder();

        @Override
        public void acquireFailed(PoolException failure) {
            failures.increment();
        }

        @Override
        public void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
            leaks.increment();
        }

        @Override
        public void destroyed(Object object, DestroyReason reason) {
            if (reason == DestroyReason.LOST) {
                leaks.increment();
            }
        }
    }
    // end:listener

    static <T> PoolConfig<T> watched(PoolConfig<T> config, Alarms alarms) {
        // snippet:watched
        return config.listener(alarms)
                .overdueAfter(Duration.ofSeconds(30))
                .siteSampling(100)
                .timings(true);
        // end:watched
    }

    static String times(Pool<?> pool) {
        // snippet:timings
        PoolTimings timings = pool.timings().orElseThrow();
        Duration median = timings.waits().percentile(50);
        Duration tail = timings.waits().percentile(99.9);
        Duration longest = timings.holds().max();
        // end:timings
        return median + ", " + tail + ", " + longest;
    }
}
