package io.dewpond;

import java.time.Duration;

/**
 * What the pool knows about one object, as of one moment: the ground on which an {@link EvictionPolicy} decides.
 *
 * <p>An instance is a value that doesn't change. The readings in nanoseconds are there for policies that are asked
 * often.
 */
public interface ObjectInfo {
    /**
     * Returns the time since the object was created.
     *
     * @return nanoseconds, not negative
     */
    long ageNanos();

    /**
     * Returns the time since the object was last released or, if it never was lent, created; zero for an object that
     * is being released.
     *
     * @return nanoseconds, not negative
     */
    long idleNanos();

    /**
     * Returns the time since the object last passed a validation or, if it never did, was created.
     *
     * @return nanoseconds, not negative
     */
    long sinceValidationNanos();

    /**
     * Returns how often the object was lent.
     *
     * @return the number of leases, not negative
     */
    long leases();

    /**
     * Returns how long the object was lent, all its leases together; measured to about ten milliseconds a lease. The
     * pools of this library measure it if they have an eviction policy, and nobody else asks.
     *
     * @return nanoseconds, not negative; zero from an implementation that doesn't measure it
     */
    default long timeLentNanos() {
        return 0;
    }

    /**
     * Returns how many more objects are idle than {@link PoolConfig#minIdle()} asks for, this one included: as many can
     * be spared without another being made. Told of an object that is judged where it is idle, while nobody asks for it;
     * at the other moments, when it is about to be lent and when it is released, there is nothing to spare.
     *
     * @return roughly how many, for objects are lent and released meanwhile; zero if none can be spared
     */
    default int idleBeyondMinimum() {
        return 0;
    }

    /**
     * Returns a number that was drawn at random when the object was created and stays the same: by it a policy can
     * spread the end of objects created together, and remain a pure function.
     *
     * @return at least 0, less than 1
     */
    double jitter();

    /**
     * Returns the time since the object was created.
     *
     * @return {@link #ageNanos()} as a duration
     */
    default Duration age() {
        return Duration.ofNanos(ageNanos());
    }

    /**
     * Returns the time since the object was last in use.
     *
     * @return {@link #idleNanos()} as a duration
     */
    default Duration idleTime() {
        return Duration.ofNanos(idleNanos());
    }

    /**
     * Returns how long the object was lent, all its leases together.
     *
     * @return {@link #timeLentNanos()} as a duration
     */
    default Duration timeLent() {
        return Duration.ofNanos(timeLentNanos());
    }

    /**
     * Returns the time since the object last passed a validation.
     *
     * @return {@link #sinceValidationNanos()} as a duration
     */
    default Duration sinceValidation() {
        return Duration.ofNanos(sinceValidationNanos());
    }
}
