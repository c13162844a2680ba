package io.dewpond.impl;

import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.LendingOrder;
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
    /** Whether idle objects are lent in an order of their own. */
    final boolean ordered;

    int maxSize;
    /** Read by anybody. */
    volatile int minIdle;
    /** How often the pool was refreshed. */
    long epoch;
    /** The epoch that the present factory began with. */
    long factoryEpoch;

    boolean closed;
    /** Whether it was closed because nothing was left of it, and others shall forget it. */
    boolean retired;
    /** Whether nothing is lent for now; what is in force otherwise stays so. */
    boolean suspended;
    /** Whether somebody wants to be told when the spares are ready. */
    boolean warming;
    /** Where objects were given: all there are. Whatever leaves is not replaced. */
    private final @Nullable Stock<T> stock;

    Terms(PoolConfig<T> config, Places<T> places) {
        this.places = places;
        name = config.name();
        maxSize = config.maxSize();
        minIdle = config.minIdle();
        stock = config.factory() instanceof Stock<T> given ? given : null;
        ordered = config.lendingOrder() != LendingOrder.LOWEST;
    }

    void requireOpen() {
        if (closed) {
            throw retired ? new RetiredException() : new PoolClosedException(name);
        }
    }

    /** Whether what is made in this place is made by the factory that makes all new ones. */
    boolean isOfThePresentFactory(Slot<T> slot) {
        return slot.epoch >= factoryEpoch;
    }

    /** Whether no object can be created, for all that may be lent were given. */
    boolean areFixed() {
        return stock != null;
    }

    void requireFactory(String what) {
        if (stock != null) {
            throw new UnsupportedOperationException("Pool '" + name + "' can't " + what
                    + ": it lends the objects that it was given and has no others to put in their place");
        }
    }

    /** An object has left for good; its place with it, or somebody might wait for another. */
    void shrinkIfFixed() {
        if (stock != null && !closed) {
            maxSize--;
        }
    }

    /** Refuses whoever would wait for what will never come. */
    void requireHope() {
        CreationFailedException spent = spent();
        if (spent != null) {
            throw spent;
        }
    }

    /** Why nothing will ever be lent again; null as long as something may be. */
    @Nullable
    CreationFailedException spent() {
        return stock != null && maxSize == 0 ? new CreationFailedException(name, stock.spent()) : null;
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
