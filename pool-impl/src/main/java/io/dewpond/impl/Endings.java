package io.dewpond.impl;

import io.dewpond.DestroyReason;
import io.dewpond.PoolStats;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How many objects were destroyed, and why; guarded by the lock of the {@link Exchange}. Reasons of a policy are any text:
 * so that a policy that never says the same twice doesn't make this grow, only so many are kept apart.
 */
final class Endings {
    private final Map<DestroyReason, Long> destructions = new EnumMap<>(DestroyReason.class);
    private final Map<String, Long> evictions = new HashMap<>();
    private long all;

    void add(Ending ending) {
        all++;
        destructions.merge(ending.reason(), 1L, Long::sum);
        String why = ending.eviction();
        if (why != null) {
            boolean kept = evictions.containsKey(why) || evictions.size() < PoolStats.MOST_REASONS;
            evictions.merge(kept ? why : PoolStats.OTHER_REASONS, 1L, Long::sum);
        }
    }

    long all() {
        return all;
    }

    Map<DestroyReason, Long> destructions() {
        return destructions;
    }

    Map<String, Long> evictions() {
        return evictions;
    }
}
