package io.dewpond.impl;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an {@link Exchange}, taken for one step at a time. Each step ends by showing on the beacon what it has made
 * of things. Foreign code never runs under the lock, save an admission policy; what a step entails is collected in an
 * {@link After} and done when the lock is free.
 */
final class StepLock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<After> show;

    /** @param show called at the end of each step, and may add to what follows from it */
    StepLock(Consumer<After> show) {
        this.show = show;
    }

    /** Runs a step under the lock and what follows from it after. A step that throws has changed nothing. */
    void run(Consumer<After> step) {
        call(after -> {
            step.accept(after);
            return true;
        });
    }

    /** As {@link #run}, for a step with a result. */
    <R extends @Nullable Object> R call(Function<After, R> step) {
        After after = new After();
        R result;
        lock.lock();
        try {
            result = step.apply(after);
            show.accept(after);
        } finally {
            lock.unlock();
        }
        after.run();
        return result;
    }

    /** For a step that changes nothing which is shown, and from which nothing follows. */
    <R extends @Nullable Object> R quietly(Supplier<R> reader) {
        lock.lock();
        try {
            return reader.get();
        } finally {
            lock.unlock();
        }
    }
}
