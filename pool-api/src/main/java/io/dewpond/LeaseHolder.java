package io.dewpond;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Who holds an object, and since when.
 *
 * @param thread the name of the thread that acquired it
 * @param held how long ago that was
 * @param site where it was acquired, the innermost call first; empty if that {@linkplain PoolConfig#siteSampling() wasn't
 *     recorded}
 */
public record LeaseHolder(String thread, Duration held, List<StackTraceElement> site) {
    /**
     * Makes a holder.
     *
     * @param thread the name of the thread that acquired it
     * @param held how long ago that was
     * @param site where it was acquired; empty if that wasn't recorded
     * @throws NullPointerException if an argument is null
     */
    public LeaseHolder {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(held, "held");
        site = List.copyOf(site);
    }
}
