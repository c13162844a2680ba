package io.dewpond.testkit;

import io.dewpond.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A ticker whose time passes only when a test says so: {@link #advance} moves it and wakes whoever waited for that
 * moment.
 *
 * <p>Its time begins half a minute before the largest {@code long}, so that a pool that compares readings instead of
 * their differences goes wrong here and not after 292 years.
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread.
 */
public final class ManualTicker implements Ticker {
    private final Set<Sleeper> sleepers = new HashSet<>();
    private volatile long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

    /** Makes a ticker; its time stands still. */
    public ManualTicker() {}

    @Override
    public long nanoTime() {
        return now;
    }

    /**
     * Moves the time forward and wakes those who sleep until then. Never blocks, and doesn't wait until those it woke
     * have done anything.
     *
     * @param time how far; not negative
     * @throws IllegalArgumentException if {@code time} is negative
     * @throws NullPointerException if {@code time} is null
     */
    public void advance(Duration time) {
        Objects.requireNonNull(time, "time");
        if (time.isNegative()) {
            throw new IllegalArgumentException("time is " + time + ", but must not be negative");
        }
        synchronized (sleepers) {
            now += time.toNanos();
            for (Sleeper sleeper : sleepers) {
                if (sleeper.wakeAt - now <= 0) {
                    LockSupport.unpark(sleeper.thread);
                }
            }
        }
    }

    /**
     * Suspends the calling thread until the time has been moved that far, or until it is unparked or interrupted.
     *
     * <p>The monitor is on purpose: a thread that blocks on a {@code java.util.concurrent} lock parks, and would use up
     * the permit of an {@code unpark} that was meant to end this very method.
     */
    @Override
    public void parkUntil(Object blocker, long deadline) {
        Sleeper sleeper = new Sleeper(Thread.currentThread(), deadline);
        synchronized (sleepers) {
            if (deadline - now <= 0) {
                return;
            }
            sleepers.add(sleeper);
        }
        // An advance from here on finds the sleeper, and its unpark, if early, lets the park return at once.
        LockSupport.park(blocker);
        synchronized (sleepers) {
            sleepers.remove(sleeper);
        }
    }

    /** Whether the thread is suspended until a moment of this time. */
    boolean isAwaitedBy(Thread thread) {
        synchronized (sleepers) {
            return sleepers.stream().anyMatch(sleeper -> sleeper.thread == thread);
        }
    }

    private static final class Sleeper {
        final Thread thread;
        final long wakeAt;

        Sleeper(Thread thread, long wakeAt) {
            this.thread = thread;
            this.wakeAt = wakeAt;
        }
    }
}
