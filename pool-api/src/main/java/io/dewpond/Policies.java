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

        @Override
        public String reason(T object, ObjectInfo info) {
            return one.shouldEvict(object, info) ? one.reason(object, info) : other.reason(object, info);
        }

        @Override
        public String toString() {
            return nameOf(one) + " or " + nameOf(other);
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

        @Override
        public String reason(T object, ObjectInfo info) {
            return one.reason(object, info) + " and " + other.reason(object, info);
        }

        @Override
        public String toString() {
            return operand(one) + " and " + operand(other);
        }

        private static String operand(EvictionPolicy<?> policy) {
            return policy instanceof Either ? "(" + policy + ")" : nameOf(policy);
        }
    }

    /** What the other doesn't evict. */
    record Not<T>(EvictionPolicy<T> policy) implements EvictionPolicy<T> {
        @Override
        public boolean shouldEvict(T object, ObjectInfo info) {
            return !policy.shouldEvict(object, info);
        }

        @Override
        public EvictionPolicy<T> not() {
            return policy;
        }

        @Override
        public String toString() {
            return "not (" + nameOf(policy) + ")";
        }
    }

    /** What nobody has used for so long and nobody will miss. */
    record Spare(Duration idleTime, long nanos) implements EvictionPolicy<Object> {
        @Override
        public boolean shouldEvict(Object object, ObjectInfo info) {
            return info.idleNanos() >= nanos && info.idleBeyondMinimum() > 0;
        }

        @Override
        public long nanosToLive(Object object, ObjectInfo info) {
            return nanos - info.idleNanos();
        }

        @Override
        public String toString() {
            return "idle beyond the minimum, longer than " + idleTime;
        }
    }

    /** What a condition evicts, for a reason that has been given. */
    record Named<T>(String name, EvictionPolicy<? super T> condition) implements EvictionPolicy<T> {
        @Override
        public boolean shouldEvict(T object, ObjectInfo info) {
            return condition.shouldEvict(object, info);
        }

        @Override
        public long nanosToLive(T object, ObjectInfo info) {
            return condition.nanosToLive(object, info);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Evicts what has no time left. To be used may only lengthen that time. */
    static EvictionPolicy<Object> inTime(String name, ToLongFunction<ObjectInfo> left) {
        return new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Object object, ObjectInfo info) {
                return left.applyAsLong(info) <= 0;
            }

            @Override
            public long nanosToLive(Object object, ObjectInfo info) {
                return left.applyAsLong(info);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    /** What the policy calls itself or, if it has no text but the one that every object has, as a lambda, the other. */
    static String nameOf(EvictionPolicy<?> policy, String otherwise) {
        String text = policy.toString();
        return text.startsWith(policy.getClass().getName() + "@") ? otherwise : text;
    }

    private static String nameOf(EvictionPolicy<?> policy) {
        return nameOf(policy, "a policy");
    }

    static String requireText(String name, String value) {
        if (Objects.requireNonNull(value, name).isBlank()) {
            throw new IllegalArgumentException(name + " is '" + value + "', but must not be blank");
        }
        return value;
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
