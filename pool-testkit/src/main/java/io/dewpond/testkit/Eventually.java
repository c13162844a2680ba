package io.dewpond.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads are about to bring about. */
final class Eventually {
    private static final long LOOK_EVERY_NANOS = 200_000;

    private Eventually() {}

    /** Returns as soon as the condition holds; fails with what is wrong if it doesn't in time. */
    static void holds(Duration patience, BooleanSupplier condition, Supplier<String> wrong) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted before its time: " + wrong.get());
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("still after " + patience + ": " + wrong.get());
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }

    /** Returns when the condition has held for that long; fails with what is wrong as soon as it doesn't. */
    static void keepsHolding(Duration time, BooleanSupplier condition, Supplier<String> wrong) {
        long start = System.nanoTime();
        do {
            if (!condition.getAsBoolean()) {
                throw new AssertionError(wrong.get());
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        } while (System.nanoTime() - start < time.toNanos());
    }
}
