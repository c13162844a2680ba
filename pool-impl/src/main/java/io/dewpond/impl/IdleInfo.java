package io.dewpond.impl;

import io.dewpond.ObjectInfo;
import java.util.function.IntSupplier;

/**
 * What a policy gets to know of an object that is idle and nobody asks for: besides the readings, how many objects are idle
 * beyond the minimum. That takes a look at every place, so they are counted when the policy asks, and once.
 */
final class IdleInfo implements ObjectInfo {
    private final ObjectInfo readings;
    private final IntSupplier count;
    private int counted = -1;

    IdleInfo(ObjectInfo readings, IntSupplier count) {
        this.readings = readings;
        this.count = count;
    }

    @Override
    public int idleBeyondMinimum() {
        if (counted < 0) {
            counted = Math.max(0, count.getAsInt());
        }
        return counted;
    }

    @Override
    public long ageNanos() {
        return readings.ageNanos();
    }

    @Override
    public long idleNanos() {
        return readings.idleNanos();
    }

    @Override
    public long sinceValidationNanos() {
        return readings.sinceValidationNanos();
    }

    @Override
    public long leases() {
        return readings.leases();
    }

    @Override
    public long timeLentNanos() {
        return readings.timeLentNanos();
    }

    @Override
    public double jitter() {
        return readings.jitter();
    }
}
