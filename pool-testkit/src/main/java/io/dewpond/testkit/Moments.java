package io.dewpond.testkit;

import io.dewpond.Ticker;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of the {@link ReferencePool}, under which time stands still: what is not yet due when a change looks for work
 * is not overdue when the same change decides how long to sleep.
 */
final class Moments {
    private final ReentrantLock lock = new ReentrantLock();
    private final Ticker ticker;
    private long now;

    Moments(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Takes the lock and reads the time. */
    void begin() {
        lock.lock();
        if (lock.getHoldCount() == 1) {
            now = ticker.nanoTime();
        }
    }

    void end() {
        lock.unlock();
    }

    /** The time at which the lock was taken. */
    long now() {
        if (!lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("bug: there is no moment without the lock");
        }
        return now;
    }

    void locked(Runnable change) {
        begin();
        try {
            change.run();
        } finally {
            end();
        }
    }

    <R extends @Nullable Object> R locked(Supplier<R> change) {
        begin();
        try {
            return change.get();
        } finally {
            end();
        }
    }
}
