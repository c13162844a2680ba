package io.dewpond.testkit;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
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
                info.jitter());
        if (policy.shouldEvict(object, last)) {
            throw new AssertionError(
                    "evicted after " + later + " ns, having said it wouldn't be for " + said + ": " + info);
        }
    }

    @Provide
    Arbitrary<FixedObjectInfo> infos() {
        Arbitrary<Long> times = Arbitraries.longs().between(0, PoolConfig.LONGEST.toNanos());
        Arbitrary<Long> leases = Arbitraries.longs().between(0, MANY);
        // Nothing was idle, or validated, for longer than it is old.
        return Combinators.combine(times, times, times, leases, jitters())
                .as((age, idle, sinceValidation, count, jitter) ->
                        new FixedObjectInfo(age, Math.min(idle, age), Math.min(sinceValidation, age), count, jitter));
    }

    @Provide
    Arbitrary<Double> jitters() {
        return Arbitraries.doubles().between(0, true, 1, false);
    }
}
