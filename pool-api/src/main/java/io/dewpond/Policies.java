package io.dewpond;

import java.time.Duration;
import java.util.Objects;

/** What the ready-made eviction policies share: the one that never evicts, and the check of their parameters. */
final class Policies {
    static final EvictionPolicy<Object> NEVER = new EvictionPolicy<>() {
        @Override
        public boolean shouldEvict(Object object, ObjectInfo info) {
            return false;
        }

        @Override
        public String toString() {
            return "never";
        }
    };

    private Policies() {}

    static long positiveNanos(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero() || value.compareTo(PoolConfig.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", but must be more than zero and at most " + PoolConfig.LONGEST);
        }
        return value.toNanos();
    }

    static long spreadNanos(Duration spread, Duration age) {
        Objects.requireNonNull(spread, "spread");
        if (spread.isNegative() || spread.compareTo(age) >= 0) {
            throw new IllegalArgumentException(
                    "spread is " + spread + ", but must not be negative and must be less than age (" + age + ")");
        }
        return spread.toNanos();
    }
}
