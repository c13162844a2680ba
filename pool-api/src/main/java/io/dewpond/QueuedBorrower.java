package io.dewpond;

import java.time.Duration;
import java.util.Objects;

/**
 * Who waits for an object.
 *
 * @param thread the name of the thread that asked for it; for a future too, for which no thread waits
 * @param waited for how long it has waited
 * @param left how long it will go on; zero if its time is over
 */
public record QueuedBorrower(String thread, Duration waited, Duration left) {
    /**
     * Makes a waiting borrower.
     *
     * @param thread the name of the thread that asked
     * @param waited for how long it has waited
     * @param left how long it will go on
     * @throws NullPointerException if an argument is null
     */
    public QueuedBorrower {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(waited, "waited");
        Objects.requireNonNull(left, "left");
    }
}
