package io.dewpond.testkit;

import io.dewpond.DestroyReason;
import io.dewpond.PoolStats;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many objects the {@link ReferencePool} has destroyed, and why; guarded by its lock. */
class Verdicts {
    private final Map<DestroyReason, Long> destructions = new EnumMap<>(DestroyReason.class);
    final Map<String, Long> evictions = new HashMap<>();

    void count(Verdict verdict) {
        destructions.merge(verdict.reason(), 1L, Long::sum);
        if (verdict.eviction() != null) {
            evictions.merge(label(verdict.eviction()), 1L, Long::sum);
        }
    }

    /** Under which name a reason is counted: the first few have their own. */
    String label(String why) {
        boolean known = evictions.containsKey(why) || evictions.size() < PoolStats.MOST_REASONS;
        return known ? why : PoolStats.OTHER_REASONS;
    }

    Map<DestroyReason, Long> destructions() {
        return destructions;
    }

    Map<String, Long> evictions() {
        return evictions;
    }

    long sum() {
        return destructions.values().stream().mapToLong(Long::longValue).sum();
    }
}
