package io.dewpond.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** Waits for the full time: a pool's own wake-up may have left a permit, which cuts a park short. */
final class Pause {
    private Pause() {}

    static void of(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
