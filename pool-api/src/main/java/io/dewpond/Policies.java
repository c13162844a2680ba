package io.dewpond;

import java.time.Duration;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The ready-made eviction policies, as far as they are more than a lambda, and the check of their parameters. */
final class Policies {
    static final EvictionPolicy<Object> NEVER = new EvictionPolicy<>() {
        @Override
        public boolean shouldEvict(Object object, ObjectInfo info) {
            return false;
        }

        @Override
        public long nanosToLive(Object object, ObjectInfo info) {
            return Long.MAX_VALUE;
        }

        @Override
        public String toString() {
            return "never";
        }
    };

    private Policies() {}

    /** What one or the other evicts. */
    record Either<T>(EvictionPolicy<? super T> one, EvictionPolicy<? super T> other) implements EvictionPolicy<T> {
        @Override
        public boolean shouldEvict(T object, ObjectInfo info) {
            return one.shouldEvict(object, info) || other.shouldEvict(object, info);
        }

        @Override
        public long nanosToLive(T object, ObjectInfo info) {
            return Math.min(one.nanosToLive(object, info), other.nanosToLive(object, info));
        }
    }

    /** What one and the other evict: nothing, as long as one of them doesn't. */
    record Both<T>(EvictionPolicy<? super T> one, EvictionPolicy<? super T> other) implements EvictionPolicy<T> {
        @Override
        public boolean shouldEvict(T object, ObjectInfo info) {
            return one.shouldEvict(object, info) && other.shouldEvict(object, info);
        }

        @Override
        public long nanosToLive(T object, ObjectInfo info) {
            return Math.max(one.nanosToLive(object, info), other.nanosToLive(object, info));
        }
    }

    /** Evicts what has no time left. To be used may only lengthen that time. */
    static EvictionPolicy<Object> inTime(ToLongFunction<ObjectInfo> left) {
        return new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Object object, ObjectInfo info) {
                return left.applyAsLong(info) <= 0;
            }

            @Override
            public long nanosToLive(Object object, ObjectInfo info) {
                return left.applyAsLong(info);
            }
        };
    }

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
