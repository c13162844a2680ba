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
    /** The epoch that the present factory began with. */
    long factoryEpoch;

    boolean closed;
    /** Whether nothing is lent for now; what is in force otherwise stays so. */
    boolean suspended;
    /** Whether somebody wants to be told when the spares are ready. */
    boolean warming;

    Terms(PoolConfig<T> config, Places<T> places) {
        this.places = places;
        name = config.name();
        maxSize = config.maxSize();
        minIdle = config.minIdle();
    }

    void requireOpen() {
        if (closed) {
            throw new PoolClosedException(name);
        }
    }

    /** Whether what is made in this place is made by the factory that makes all new ones. */
    boolean isOfThePresentFactory(Slot<T> slot) {
        return slot.epoch >= factoryEpoch;
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
