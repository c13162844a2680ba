package io.dewpond.testkit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Draws the spans of a {@link QueueSimulation}: from one arrival to the next, or how long an object is held. A lambda that
 * looks at the time makes a load that changes:
 *
 * <pre>{@code
 * Timing calm = Timing.exponential(Duration.ofMillis(10));
 * Timing rush = Timing.exponential(Duration.ofMillis(2));
 * Timing day = (random, nanos) -> (nanos < Duration.ofSeconds(30).toNanos() ? calm : rush).nanos(random, nanos);
 * }</pre>
 */
@FunctionalInterface
public interface Timing {
    /**
     * Draws a span.
     *
     * @param random where chance comes from; no other may be used, or the simulation can't be repeated
     * @param nanos the time since the simulation began, in nanoseconds
     * @return the span in nanoseconds, not negative
     */
    long nanos(RandomGenerator random, long nanos);

    /**
     * Draws from the exponential distribution. As the span between arrivals that makes a Poisson process: borrowers who
     * know nothing of each other.
     *
     * @param mean the mean span, not negative
     * @return the timing; the same seed draws the same spans on every JVM
     * @throws NullPointerException if {@code mean} is null
     */
    static Timing exponential(Duration mean) {
        double nanos = mean.toNanos();
        return (random, now) -> Math.round(-StrictMath.log(1 - random.nextDouble()) * nanos);
    }

    /**
     * Always says the same.
     *
     * @param span not negative
     * @return the timing
     * @throws NullPointerException if {@code span} is null
     */
    static Timing fixed(Duration span) {
        long nanos = span.toNanos();
        return (random, now) -> nanos;
    }
}
