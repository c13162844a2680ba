package io.dewpond;

import java.time.Duration;

/**
 * How a number of measured times are distributed. A snapshot: it is immutable and thread-safe.
 *
 * <p>The pool may count times in ranges rather than each by itself. So a {@linkplain #percentile percentile} may be too
 * great, by no more than a fiftieth, and the {@linkplain #mean() mean} off by a fiftieth; never beyond the least and the
 * greatest, which are exact.
 */
public interface TimeDistribution {
    /**
     * Returns how many times were measured.
     *
     * @return the number
     */
    long count();

    /**
     * Returns the least.
     *
     * @return the time; zero if none was measured
     */
    Duration min();

    /**
     * Returns the mean.
     *
     * @return the time; zero if none was measured
     */
    Duration mean();

    /**
     * Returns the greatest.
     *
     * @return the time; zero if none was measured
     */
    Duration max();

    /**
     * Returns the time that this part of all times don't exceed.
     *
     * @param percent which part, 0 to 100: 50 for the median, 100 for the greatest
     * @return the time; zero if none was measured
     * @throws IllegalArgumentException if {@code percent} isn't between 0 and 100
     */
    Duration percentile(double percent);
}
