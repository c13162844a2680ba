package io.dewpond;

import java.time.Duration;
import java.util.Objects;

/**
 * Decides when an object has served long enough.
 *
 * <p>The pool asks before it lends an idle object, when one is released, and from time to time while it is idle
 * ({@link PoolConfig#maintenanceInterval()}); in the first two cases in the borrower's thread. A policy must be pure: the
 * same answer for the same arguments, no side effects, no blocking. It must be thread-safe, and must look only at such
 * parts of the object as can be read from any thread: an idle object may be lent while it is judged. A policy that throws
 * anything has condemned the object.
 *
 * <p>Policies combine: {@code olderThan(Duration.ofMinutes(30)).or(idleLongerThan(Duration.ofMinutes(10)))}. Each
 * keeps the parameters it was made with.
 *
 * @param <T> the type of the object
 */
@FunctionalInterface
public interface EvictionPolicy<T> {
    /**
     * Decides whether an object goes.
     *
     * @param object the object, perhaps in use by now
     * @param info what the pool knows about it
     * @return whether the object is to be destroyed rather than lent again
     */
    boolean shouldEvict(T object, ObjectInfo info);

    /**
     * Tells for how long this policy surely won't evict an object, whatever happens to it meanwhile. Until then the pool
     * may spare itself the question: a release asks nobody, and a quiet pool sleeps. A policy that can't tell, as a lambda
     * can't, says zero, and is asked each time; the ready-made ones that go by time can, and so can what combines them.
     * The same rules hold as for {@link #shouldEvict}.
     *
     * @param object an object that this policy doesn't evict now
     * @param info what the pool knows about it
     * @return a number of nanoseconds; zero or less if this policy is to be asked again at once
     */
    default long nanosToLive(T object, ObjectInfo info) {
        return 0;
    }

    /**
     * Says why an object goes. The pool asks once, right after {@link #shouldEvict} has said that it does, in the same
     * thread and with the same arguments, for {@link PoolListener#evicted} and {@link PoolStats#evictions()}. The same rules
     * hold as there. If this throws anything or returns null, the object goes all the same, without a reason of its own.
     *
     * <p>One short phrase that doesn't name the object: reasons are counted by their text, and a pool keeps no more than
     * {@value PoolStats#MOST_REASONS} apart.
     *
     * @param object an object that this policy evicts
     * @param info what the pool knows about it
     * @return why; by default what {@code toString} says where the policy has one of its own, else "evicted by a policy"
     */
    default String reason(T object, ObjectInfo info) {
        return Policies.nameOf(this, "evicted by a policy");
    }

    /**
     * Evicts what this policy or the other evicts. The reason is this policy's if this one evicts, else the other's.
     *
     * @param other the other policy
     * @param <U> what both can judge
     * @return the combined policy
     * @throws NullPointerException if {@code other} is null
     */
    default <U extends T> EvictionPolicy<U> or(EvictionPolicy<? super U> other) {
        Objects.requireNonNull(other, "other");
        return new Policies.Either<>(this, other);
    }

    /**
     * Evicts only what both this policy and the other evict. The reason is both reasons, joined by "and".
     *
     * @param other the other policy
     * @param <U> what both can judge
     * @return the combined policy
     * @throws NullPointerException if {@code other} is null
     */
    default <U extends T> EvictionPolicy<U> and(EvictionPolicy<? super U> other) {
        Objects.requireNonNull(other, "other");
        return new Policies.Both<>(this, other);
    }

    /**
     * Evicts what this policy doesn't: a condition to combine with others. As it can't tell when the other changes its mind,
     * it is asked each time.
     *
     * @return the opposite of this policy; the opposite of that is this policy again
     */
    default EvictionPolicy<T> not() {
        return new Policies.Not<>(this);
    }

    /**
     * Gives a condition a name, by which events and statistics call it: {@code when("ticket revoked", (ticket, info) ->
     * ticket.isRevoked())}.
     *
     * @param reason why such an object goes, not blank; {@linkplain #reason the same for all of them}
     * @param condition evicts
     * @param <T> what the condition can judge
     * @return a policy that evicts what the condition evicts, for this reason
     * @throws IllegalArgumentException if {@code reason} is blank
     * @throws NullPointerException if an argument is null
     */
    static <T> EvictionPolicy<T> when(String reason, EvictionPolicy<? super T> condition) {
        Objects.requireNonNull(condition, "condition");
        return new Policies.Named<>(Policies.requireText("reason", reason), condition);
    }

    /**
     * Evicts nothing.
     *
     * @return the policy, always the same
     */
    static EvictionPolicy<Object> never() {
        return Policies.NEVER;
    }

    /**
     * Evicts an object of at least the given age.
     *
     * @param age more than zero
     * @return the policy
     * @throws IllegalArgumentException if {@code age} is out of range
     * @throws NullPointerException if {@code age} is null
     */
    static EvictionPolicy<Object> olderThan(Duration age) {
        return olderThan(age, Duration.ZERO);
    }

    /**
     * Evicts an object at an age between {@code age - spread} and {@code age}, which {@linkplain ObjectInfo#jitter()
     * is drawn once} for each object: objects created together don't all end together.
     *
     * @param age more than zero; no object gets older
     * @param spread not negative, less than {@code age}
     * @return the policy
     * @throws IllegalArgumentException if an argument is out of range
     * @throws NullPointerException if an argument is null
     */
    static EvictionPolicy<Object> olderThan(Duration age, Duration spread) {
        long ageNanos = Policies.positiveNanos("age", age);
        long spreadNanos = Policies.spreadNanos(spread, age);
        return Policies.inTime(
                "older than " + age + (spreadNanos == 0 ? "" : ", less up to " + spread),
                info -> ageNanos - (long) (info.jitter() * spreadNanos) - info.ageNanos());
    }

    /**
     * Evicts an object that nobody has used for at least the given time, as long as more objects are idle than {@link
     * PoolConfig#minIdle()} asks for: the soft limit beside {@link #idleLongerThan}. None that it evicts has to be replaced,
     * and an object that is about to be lent always is.
     *
     * <p>A pool that has shrunk to its minimum keeps what is there, however long it is idle, and looks again at each {@link
     * PoolConfig#maintenanceInterval()}.
     *
     * @param idleTime more than zero
     * @return the policy
     * @throws IllegalArgumentException if {@code idleTime} is out of range
     * @throws NullPointerException if {@code idleTime} is null
     */
    static EvictionPolicy<Object> idleBeyondMinimumLongerThan(Duration idleTime) {
        return new Policies.Spare(idleTime, Policies.positiveNanos("idleTime", idleTime));
    }

    /**
     * Evicts an object that nobody has used for at least the given time. That is a hard limit: where fewer than {@link
     * PoolConfig#minIdle()} are left, others are made. {@link #idleBeyondMinimumLongerThan} is the soft one.
     *
     * @param idleTime more than zero
     * @return the policy
     * @throws IllegalArgumentException if {@code idleTime} is out of range
     * @throws NullPointerException if {@code idleTime} is null
     */
    static EvictionPolicy<Object> idleLongerThan(Duration idleTime) {
        long idleNanos = Policies.positiveNanos("idleTime", idleTime);
        return Policies.inTime("idle longer than " + idleTime, info -> idleNanos - info.idleNanos());
    }

    /**
     * Evicts an object that has been lent more often than the given number of times.
     *
     * @param leases at least 1
     * @return the policy
     * @throws IllegalArgumentException if {@code leases} is out of range
     */
    static EvictionPolicy<Object> usedMoreThan(long leases) {
        if (leases < 1) {
            throw new IllegalArgumentException("leases is " + leases + ", but must be at least 1");
        }
        return when("lent more often than " + leases + " times", (object, info) -> info.leases() > leases);
    }
}
