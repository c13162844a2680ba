package io.dewpond.testkit;

import io.dewpond.ObjectInfo;
import java.time.Duration;

/**
 * What a pool might know about an object, made up by a test: an immutable value to ask an eviction policy about.
 *
 * <p>A method with an argument returns a changed copy.
 *
 * @param ageNanos the time since creation
 * @param idleNanos the time since the last use
 * @param sinceValidationNanos the time since the last validation
 * @param leases how often the object was lent
 * @param jitter the object's random number, at least 0, less than 1
 * @param timeLentNanos how long the object was lent in all
 * @param idleBeyondMinimum how many more objects are idle than the minimum
 */
public record FixedObjectInfo(
        long ageNanos,
        long idleNanos,
        long sinceValidationNanos,
        long leases,
        double jitter,
        long timeLentNanos,
        int idleBeyondMinimum)
        implements ObjectInfo {
    /**
     * Makes a value.
     *
     * @param ageNanos the time since creation
     * @param idleNanos the time since the last use
     * @param sinceValidationNanos the time since the last validation
     * @param leases how often the object was lent
     * @param jitter the object's random number
     * @param timeLentNanos how long the object was lent in all
     * @param idleBeyondMinimum how many more objects are idle than the minimum
     * @throws IllegalArgumentException if an argument is negative, or {@code jitter} not less than 1
     */
    public FixedObjectInfo {
        boolean anyNegative = ageNanos < 0
                || idleNanos < 0
                || sinceValidationNanos < 0
                || leases < 0
                || timeLentNanos < 0
                || idleBeyondMinimum < 0;
        if (anyNegative) {
            throw new IllegalArgumentException("no value may be negative");
        }
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter is " + jitter + ", but must be at least 0 and less than 1");
        }
    }

    /**
     * Makes a value of an object that nobody can spare and that was lent for no time.
     *
     * @param ageNanos the time since creation
     * @param idleNanos the time since the last use
     * @param sinceValidationNanos the time since the last validation
     * @param leases how often the object was lent
     * @param jitter the object's random number
     * @throws IllegalArgumentException if an argument is negative, or {@code jitter} not less than 1
     */
    public FixedObjectInfo(long ageNanos, long idleNanos, long sinceValidationNanos, long leases, double jitter) {
        this(ageNanos, idleNanos, sinceValidationNanos, leases, jitter, 0, 0);
    }

    /**
     * Describes an object that has just been created.
     *
     * @return all zero
     */
    public static FixedObjectInfo fresh() {
        return new FixedObjectInfo(0, 0, 0, 0, 0);
    }

    /**
     * Changes {@link #ageNanos()}.
     *
     * @param age the time since creation
     * @return a changed copy
     */
    public FixedObjectInfo age(Duration age) {
        return new FixedObjectInfo(
                age.toNanos(), idleNanos, sinceValidationNanos, leases, jitter, timeLentNanos, idleBeyondMinimum);
    }

    /**
     * Changes {@link #idleNanos()}.
     *
     * @param idleTime the time since the last use
     * @return a changed copy
     */
    public FixedObjectInfo idleTime(Duration idleTime) {
        return new FixedObjectInfo(
                ageNanos, idleTime.toNanos(), sinceValidationNanos, leases, jitter, timeLentNanos, idleBeyondMinimum);
    }

    /**
     * Changes {@link #sinceValidationNanos()}.
     *
     * @param sinceValidation the time since the last validation
     * @return a changed copy
     */
    public FixedObjectInfo sinceValidation(Duration sinceValidation) {
        return new FixedObjectInfo(
                ageNanos, idleNanos, sinceValidation.toNanos(), leases, jitter, timeLentNanos, idleBeyondMinimum);
    }

    /**
     * Changes {@link #leases()}.
     *
     * @param leases how often the object was lent
     * @return a changed copy
     */
    public FixedObjectInfo leases(long leases) {
        return new FixedObjectInfo(
                ageNanos, idleNanos, sinceValidationNanos, leases, jitter, timeLentNanos, idleBeyondMinimum);
    }

    /**
     * Changes {@link #jitter()}.
     *
     * @param jitter at least 0, less than 1
     * @return a changed copy
     */
    public FixedObjectInfo jitter(double jitter) {
        return new FixedObjectInfo(
                ageNanos, idleNanos, sinceValidationNanos, leases, jitter, timeLentNanos, idleBeyondMinimum);
    }

    /**
     * Changes {@link #timeLentNanos()}.
     *
     * @param timeLent how long the object was lent in all
     * @return a changed copy
     */
    public FixedObjectInfo timeLent(Duration timeLent) {
        return new FixedObjectInfo(
                ageNanos, idleNanos, sinceValidationNanos, leases, jitter, timeLent.toNanos(), idleBeyondMinimum);
    }

    /**
     * Changes {@link #idleBeyondMinimum()}.
     *
     * @param idleBeyondMinimum how many more objects are idle than the minimum
     * @return a changed copy
     */
    public FixedObjectInfo idleBeyondMinimum(int idleBeyondMinimum) {
        return new FixedObjectInfo(
                ageNanos, idleNanos, sinceValidationNanos, leases, jitter, timeLentNanos, idleBeyondMinimum);
    }
}
