package io.dewpond.impl;

import io.dewpond.DestroyReason;
import org.jspecify.annotations.Nullable;

/**
 * Why an object is destroyed.
 *
 * @param eviction what the policy says of it, if it was the policy
 */
record Ending(DestroyReason reason, @Nullable String eviction) {
    static Ending of(DestroyReason reason) {
        return new Ending(reason, null);
    }

    static Ending evicted(String why) {
        return new Ending(DestroyReason.EVICTED, why);
    }
}
