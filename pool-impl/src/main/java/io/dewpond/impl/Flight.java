package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.PoolException;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM's flight recorder is told of this pool, if it runs. Told are things that take long anyway: that somebody
 * waited, that an object was made. Neither lending an idle object nor taking one back leads here.
 *
 * <p>Before the first recording of the JVM's life, all that costs one look at a flag of the recorder's; no class of events
 * is loaded and nothing is allocated. The module {@code jdk.jfr} may be missing: then there is no recording, ever.
 */
final class Flight {
    private static final boolean POSSIBLE = isPossible();

    private final String pool;

    Flight(String pool) {
        this.pool = pool;
    }

    /** A missing module, and one that isn't read by this one, show when the first class is asked for. */
    private static boolean isPossible() {
        try {
            boolean unused = FlightRecorder.isInitialized();
            return true;
        } catch (LinkageError missing) {
            return false;
        }
    }

    /** Whether there is, or was, a recording. */
    static boolean isOn() {
        return POSSIBLE && FlightRecorder.isInitialized();
    }

    /** This thread begins to wait for an object. */
    Span waits() {
        return isOn() ? AcquireEvent.begun(pool) : Span.UNSEEN;
    }

    /** A creation begins. */
    Span creates() {
        return isOn() ? CreateEvent.begun(pool) : Span.UNSEEN;
    }

    void destroyed(DestroyReason reason, @Nullable Throwable failure) {
        if (isOn()) {
            DestroyEvent.tell(pool, reason, failure);
        }
    }

    void acquireFailed(PoolException failure) {
        if (isOn() && failure instanceof AcquireTimeoutException timeout) {
            AcquireTimeoutEvent.tell(timeout);
        }
    }

    void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
        if (isOn()) {
            LeaseOverdueEvent.tell(pool, holder, stack);
        }
    }

    void leaseLost(LeaseHolder holder) {
        if (isOn()) {
            LeaseLostEvent.tell(pool, holder);
        }
    }

    /** The end of something that took a while, and whose beginning was seen. Called once at most, by any thread. */
    interface Span {
        /** Of what began unseen. */
        Span UNSEEN = failure -> {};

        /** Tells how it ended; the failure is what went wrong, if anything did. */
        void ended(@Nullable Throwable failure);
    }
}
