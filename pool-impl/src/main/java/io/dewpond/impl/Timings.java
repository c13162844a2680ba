package io.dewpond.impl;

import io.dewpond.PoolConfig;
import io.dewpond.PoolTimings;
import org.jspecify.annotations.Nullable;

/** How long things take in a pool that is asked to measure it. */
final class Timings {
    private final Histogram waits = new Histogram();
    private final Histogram holds = new Histogram();
    private final Histogram creations = new Histogram();

    private Timings() {}

    /** Null if nobody asks. */
    static @Nullable Timings of(PoolConfig<?> config) {
        return config.timings() ? new Timings() : null;
    }

    void waited(long nanos) {
        waits.record(nanos);
    }

    void held(long nanos) {
        holds.record(nanos);
    }

    void created(long nanos) {
        creations.record(nanos);
    }

    PoolTimings snapshot() {
        return new PoolTimings(waits.snapshot(), holds.snapshot(), creations.snapshot());
    }
}
