package io.dewpond;

import java.time.Duration;
import java.util.Objects;

/**
 * Who holds an object, and since when.
 *
 * @param thread the name of the thread that acquired it, as it was then
 * @param held how long ago that was
 */
public record LeaseHolder(String thread, Duration held) {
    /**
     * Makes a holder.
     *
     * @param thread the name of the thread that acquired it, as it was then
     * @param held how long ago that was
     * @throws NullPointerException if an argument is null
     */
    public LeaseHolder {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(held, "held");
    }
}
