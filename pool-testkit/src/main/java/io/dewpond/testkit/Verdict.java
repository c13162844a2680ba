package io.dewpond.testkit;

import io.dewpond.DestroyReason;
import org.jspecify.annotations.Nullable;

/**
 * Why the {@link ReferencePool} destroys an object.
 *
 * @param reason why
 * @param eviction what the policy says of it, if it was the policy
 */
record Verdict(DestroyReason reason, @Nullable String eviction) {
    static Verdict of(DestroyReason reason) {
        return new Verdict(reason, null);
    }

    static Verdict evicted(String why) {
        return new Verdict(DestroyReason.EVICTED, why);
    }
}
