package io.dewpond.impl;

import io.dewpond.DestroyReason;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * What is in force: how many objects there may be, which are out of date, whether the pool is open; and so which object
 * must not be lent again. Belongs to the lock of the {@link Exchange}.
 */
final class Terms<T> {
    private final String name;
    private final Places<T> places;
    int maxSize;
    /** Read by anybody. */
    volatile int minIdle;
    /** How often the pool was refreshed. */
    long epoch;

    boolean closed;
    /** Whether it was closed because nothing was left of it, and others shall forget it. */
    boolean retired;

    Terms(PoolConfig<T> config, Places<T> places) {
        this.places = places;
        name = config.name();
        maxSize = config.maxSize();
        minIdle = config.minIdle();
    }

    void requireOpen() {
        if (closed) {
            throw retired ? new RetiredException() : new PoolClosedException(name);
        }
    }

    /** How many objects there are more than there may be, not counting what is being destroyed. */
    int surplus() {
        return places.occupied() - places.doomed() - maxSize;
    }

    /** Why the object of this place must not be lent again, or null. */
    @Nullable
    DestroyReason refusal(Slot<T> slot) {
        if (closed) {
            return DestroyReason.SHUTDOWN;
        }
        return surplus() > 0 || slot.epoch < epoch ? DestroyReason.OPERATOR : null;
    }
}
