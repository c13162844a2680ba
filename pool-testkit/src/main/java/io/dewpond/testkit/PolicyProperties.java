package io.dewpond.testkit;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What a pool expects of every {@link EvictionPolicy}, as properties: extend this class, name your policy and an object
 * for it to judge.
 *
 * @param <T> the type of the object
 */
public abstract class PolicyProperties<T> {
    private static final int MANY = 1_000_000;

    /** For subclasses. */
    protected PolicyProperties() {}

    /**
     * Returns the policy under test.
     *
     * @return the policy, the same or an equal one at each call
     */
    protected abstract EvictionPolicy<? super T> policy();

    /**
     * Returns an object to be judged.
     *
     * @return the object, the same or an equal one at each call
     */
    protected abstract T object();

    @Property
    void sameInfoGetsTheSameAnswerAndNoException(@ForAll("infos") FixedObjectInfo info) {
        T object = object();
        EvictionPolicy<? super T> policy = policy();
        boolean first = policy.shouldEvict(object, info);
        boolean second = policy.shouldEvict(object, info);
        boolean another = policy().shouldEvict(object, info);
        if (first != second || first != another) {
            throw new AssertionError("the answer for " + info + " changes");
        }
    }

    @Property
    void objectThatWasJustMadeIsKept(@ForAll("jitters") double jitter) {
        ObjectInfo info = FixedObjectInfo.fresh().jitter(jitter);
        if (policy().shouldEvict(object(), info)) {
            throw new AssertionError("a new object is evicted, and so will be the next: " + info);
        }
    }

    @Property
    void objectLivesForAsLongAsItWasSaidTo(
            @ForAll("infos") FixedObjectInfo info, @ForAll boolean used, @ForAll("jitters") double part) {
        T object = object();
        EvictionPolicy<? super T> policy = policy();
        if (policy.shouldEvict(object, info)) {
            return;
        }
        long said = Math.min(policy.nanosToLive(object, info), PoolConfig.LONGEST.toNanos());
        if (said <= 0) {
            return;
        }
        long later = (long) (part * said);
        FixedObjectInfo last = new FixedObjectInfo(
                info.ageNanos() + later,
                used ? later : info.idleNanos() + later,
                used ? later : info.sinceValidationNanos() + later,
                info.leases() + (used ? MANY : 0),
                info.jitter(),
                info.timeLentNanos() + (used ? later : 0),
                used ? MANY : info.idleBeyondMinimum());
        if (policy.shouldEvict(object, last)) {
            throw new AssertionError(
                    "evicted after " + later + " ns, having said it wouldn't be for " + said + ": " + info);
        }
    }

    @Property
    void evictionHasAReason(@ForAll("infos") FixedObjectInfo info) {
        T object = object();
        EvictionPolicy<? super T> policy = policy();
        if (!policy.shouldEvict(object, info)) {
            return;
        }
        String first = policy.reason(object, info);
        String second = policy.reason(object, info);
        if (first == null || first.isBlank()) {
            throw new AssertionError("no reason is given for " + info);
        }
        if (!first.equals(second)) {
            throw new AssertionError("the reason for " + info + " changes: " + first + ", " + second);
        }
    }

    @Property
    void combinationsJudgeByTheVerdictsOfTheirParts(
            @ForAll("infos") FixedObjectInfo info, @ForAll("others") EvictionPolicy<Object> other) {
        T object = object();
        EvictionPolicy<T> policy = EvictionPolicy.when("policy under test", policy());
        boolean one = policy.shouldEvict(object, info);
        boolean two = other.shouldEvict(object, info);
        requireVerdict(one || two, policy.or(other), object, info);
        requireVerdict(one || two, other.or(policy), object, info);
        requireVerdict(one && two, policy.and(other), object, info);
        requireVerdict(one && two, other.and(policy), object, info);
        requireVerdict(!one, policy.not(), object, info);
        requireVerdict(one, policy.not().not(), object, info);
        requireVerdict(one, policy().not().not(), object, info);
    }

    private static <U> void requireVerdict(
            boolean evicts, EvictionPolicy<? super U> combined, U object, ObjectInfo info) {
        if (combined.shouldEvict(object, info) != evicts) {
            throw new AssertionError(combined + " should" + (evicts ? "" : " not") + " evict with " + info);
        }
    }

    /** What the policy under test is combined with. */
    @Provide
    Arbitrary<EvictionPolicy<Object>> others() {
        return Arbitraries.longs().between(1, PoolConfig.LONGEST.toNanos()).flatMap(nanos -> {
            Duration time = Duration.ofNanos(nanos);
            return Arbitraries.of(
                    EvictionPolicy.never(),
                    EvictionPolicy.olderThan(time),
                    EvictionPolicy.idleLongerThan(time),
                    EvictionPolicy.idleBeyondMinimumLongerThan(time),
                    EvictionPolicy.usedMoreThan(1 + nanos % MANY));
        });
    }

    @Provide
    Arbitrary<FixedObjectInfo> infos() {
        Arbitrary<Long> times = Arbitraries.longs().between(0, PoolConfig.LONGEST.toNanos());
        Arbitrary<Long> leases = Arbitraries.longs().between(0, MANY);
        Arbitrary<Integer> spare = Arbitraries.integers().between(0, 10);
        // Nothing was idle, or validated, for longer than it is old.
        return Combinators.combine(times, times, times, leases, jitters(), times, spare)
                .as((age, idle, sinceValidation, count, jitter, lent, beyond) -> new FixedObjectInfo(
                        age,
                        Math.min(idle, age),
                        Math.min(sinceValidation, age),
                        count,
                        jitter,
                        count == 0 ? 0 : Math.min(lent, age - Math.min(idle, age)),
                        beyond));
    }

    @Provide
    Arbitrary<Double> jitters() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }
}
