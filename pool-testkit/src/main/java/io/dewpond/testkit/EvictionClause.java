package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A policy decides when an object has served long enough, and is asked at the right moments. */
abstract class EvictionClause extends Clause {
    private static final EvictionPolicy<Object> OLD = EvictionPolicy.olderThan(Duration.ofMinutes(10));
    private static final EvictionPolicy<Object> UNUSED = EvictionPolicy.idleLongerThan(Duration.ofMinutes(5));

    private static final EvictionPolicy<Object> SPARE =
            EvictionPolicy.idleBeyondMinimumLongerThan(Duration.ofMinutes(5));

    EvictionClause(PoolContract contract) {
        super(contract);
    }

    @Test
    @Tag("G42")
    void objectThatGrowsTooOldInUseIsDestroyedOnRelease() throws InterruptedException {
        Pool<Resource> pool = open(config(1).evictionPolicy(OLD));
        CheckedLease lease = take(pool);
        ticker.advance(Duration.ofMinutes(10));
        keeps(pool, () -> lease.resource().isSound());
        lease.close();
        assertNotSame(lease.resource(), take(pool).get());
        assertEquals(1, lease.resource().destructions());
    }

    @Test
    @Tag("G40")
    void oldIdleObjectIsNotLent() throws InterruptedException {
        Pool<Resource> pool = open(config(1).evictionPolicy(OLD));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(Duration.ofMinutes(10));
        assertNotSame(lease.resource(), take(pool).get());
    }

    @Test
    @Tag("G40")
    void idleObjectsAreJudgedWhileNobodyAsks() throws InterruptedException {
        Pool<Resource> pool = open(config(2).evictionPolicy(UNUSED));
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        first.close();
        ticker.advance(Duration.ofMinutes(3));
        second.close();
        ticker.advance(Duration.ofMinutes(2));
        await(pool, () -> pool.stats().destroyed() == 1 && pool.stats().idle() == 1);
        assertEquals(1, first.resource().destructions());
        ticker.advance(Duration.ofMinutes(3));
        await(pool, () -> pool.stats().total() == 0);
    }

    @Test
    @Tag("G1")
    @Tag("G46")
    void idleObjectIsLentAtOnceWhileItIsJudged() throws InterruptedException {
        Gate gate = gate();
        AtomicBoolean armed = new AtomicBoolean();
        Pool<Resource> pool = open(config(1).evictionPolicy((resource, info) -> {
            if (armed.getAndSet(false)) {
                gate.passUninterruptibly();
                return true;
            }
            return false;
        }));
        CheckedLease lease = take(pool);
        lease.close();
        armed.set(true);
        ticker.advance(pool.config().maintenanceInterval());
        awaitArrivals(gate, 1);
        CheckedLease next = borrow(pool, Duration.ZERO).lease();
        assertSame(lease.resource(), next.get());
        gate.open();
        keeps(pool, () -> next.resource().isSound());
    }

    @Test
    @Tag("G40")
    void eitherPolicyOfAnOrEvicts() throws InterruptedException {
        for (EvictionPolicy<Object> policy : List.of(OLD.or(UNUSED), UNUSED.or(OLD))) {
            Pool<Resource> pool = open(config(1).evictionPolicy(policy));
            assertTrue(isKept(pool, Duration.ofMinutes(4)));
            assertTrue(isKept(pool, Duration.ofMinutes(4)));
            assertTrue(!isKept(pool, Duration.ofMinutes(2)), "ten minutes old");
            assertTrue(!isKept(pool, Duration.ofMinutes(5)), "five minutes idle");
        }
    }

    @Test
    @Tag("G40")
    void onlyBothPoliciesOfAnAndEvict() throws InterruptedException {
        for (EvictionPolicy<Object> policy : List.of(OLD.and(UNUSED), UNUSED.and(OLD))) {
            Pool<Resource> pool = open(config(1).evictionPolicy(policy));
            assertTrue(isKept(pool, Duration.ofMinutes(7)), "idle, but young");
            assertTrue(isKept(pool, Duration.ofMinutes(4)), "old, but used");
            assertTrue(!isKept(pool, Duration.ofMinutes(5)), "old and idle");
        }
    }

    @Test
    @Tag("G40")
    void objectIsDestroyedAfterItsLastLease() throws InterruptedException {
        Pool<Resource> pool = open(config(1).evictionPolicy(EvictionPolicy.usedMoreThan(2)));
        CheckedLease first = take(pool);
        first.close();
        CheckedLease second = take(pool);
        second.close();
        CheckedLease third = take(pool);
        assertSame(first.resource(), third.get());
        third.close();
        assertNotSame(first.resource(), take(pool).get());
    }

    @Test
    @Tag("G46")
    void policyThatThrowsCondemnsTheObjectAndNothingElse() throws InterruptedException {
        AtomicBoolean armed = new AtomicBoolean();
        Pool<Resource> pool = open(config(1).evictionPolicy((resource, info) -> {
            if (armed.getAndSet(false)) {
                throw new StackOverflowError();
            }
            return false;
        }));
        CheckedLease released = take(pool);
        armed.set(true);
        released.close();
        awaitQuiet(pool);
        assertEquals(1, released.resource().destructions());

        CheckedLease lent = take(pool);
        lent.close();
        armed.set(true);
        assertNotSame(lent.resource(), take(pool).get());
        assertEquals(2, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G46")
    void policyThatThrowsInTheBackgroundDoesNotEndTheMaintenance() throws InterruptedException {
        // The other object may still be judged when the time jumps, and that mustn't count as too long.
        PoolConfig<Resource> unhurried = patient(2).validationTimeout(Duration.ofDays(1));
        Pool<Resource> pool = open(unhurried.evictionPolicy((resource, info) -> {
            if (!resource.isSound()) {
                throw new IllegalStateException("of the policy");
            }
            return info.idleTime().toMinutes() >= 5;
        }));
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        first.close();
        second.close();
        first.resource().breakDown();
        ticker.advance(pool.config().maintenanceInterval());
        await(pool, () -> pool.stats().destroyed() == 1 && pool.stats().idle() == 1);
        ticker.advance(Duration.ofMinutes(5));
        await(pool, () -> pool.stats().total() == 0);
        assertEquals(1, pool.stats().callbackFailures());
    }

    @Test
    @Tag("G40")
    @Tag("G41")
    void policyIsToldTheTruth() throws InterruptedException {
        List<ObjectInfo> onRelease = new CopyOnWriteArrayList<>();
        AtomicBoolean releasing = new AtomicBoolean();
        // Maintenance judges whenever it likes, also at the moment of a release: it is kept out of the way.
        PoolConfig<Resource> quiet = config(1).maintenanceInterval(Duration.ofDays(1));
        Pool<Resource> pool = open(quiet.evictionPolicy((resource, info) -> {
            if (releasing.get()) {
                onRelease.add(info);
            }
            return false;
        }));
        for (int i = 0; i < 3; i++) {
            CheckedLease lease = take(pool);
            ticker.advance(Duration.ofMinutes(2));
            releasing.set(true);
            lease.close();
            releasing.set(false);
            ticker.advance(Duration.ofMinutes(1));
        }
        assertEquals(3, onRelease.size());
        for (int i = 0; i < 3; i++) {
            ObjectInfo info = onRelease.get(i);
            assertEquals(i + 1, info.leases());
            assertSeconds(120 + 180 * i, info.age());
            assertEquals(0, info.idleNanos());
            assertSeconds(120L * (i + 1), info.timeLent());
            assertEquals(0, info.idleBeyondMinimum());
            assertEquals(onRelease.get(0).jitter(), info.jitter());
            assertTrue(info.jitter() >= 0 && info.jitter() < 1);
        }
    }

    @Test
    @Tag("G40")
    void timeLentIsMeasuredThoughThePolicyIsNotAskedAtEachRelease() throws InterruptedException {
        List<ObjectInfo> told = new CopyOnWriteArrayList<>();
        PoolConfig<Resource> quiet = config(1).maintenanceInterval(Duration.ofDays(1));
        Pool<Resource> pool = open(quiet.evictionPolicy(new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Resource object, ObjectInfo info) {
                told.add(info);
                return false;
            }

            @Override
            public long nanosToLive(Resource object, ObjectInfo info) {
                return Duration.ofHours(1).toNanos() - info.ageNanos();
            }
        }));
        for (int i = 0; i < 3; i++) {
            CheckedLease lease = take(pool);
            ticker.advance(Duration.ofMinutes(2));
            lease.close();
            ticker.advance(Duration.ofMinutes(1));
        }
        ticker.advance(Duration.ofHours(1));
        told.clear();
        CheckedLease last = take(pool);
        assertSeconds(360, told.get(0).timeLent());
        ticker.advance(Duration.ofMinutes(4));
        last.close();
        assertSeconds(600, told.get(told.size() - 1).timeLent());
    }

    @Test
    @Tag("G38")
    @Tag("G43")
    void unusedPoolShrinksSoftlyToItsMinimumAndKeepsWhatIsThere() throws InterruptedException {
        Pool<Resource> pool = open(patient(5).minIdle(2).evictionPolicy(SPARE));
        List<CheckedLease> crowd = List.of(take(pool), take(pool), take(pool), take(pool), take(pool));
        crowd.forEach(CheckedLease::close);
        ticker.advance(Duration.ofMinutes(4));
        keeps(pool, () -> pool.stats().idle() == 5);
        ticker.advance(Duration.ofMinutes(1));
        await(pool, () -> pool.stats().destroyed() == 3);
        for (int minute = 0; minute < 10; minute++) {
            ticker.advance(Duration.ofMinutes(1));
            keeps(pool, () -> pool.stats().idle() == 2);
        }
        assertEquals(5, factory.creations().calls());
        assertEquals(3, pool.stats().evictions().get(SPARE.toString()));
    }

    @Test
    @Tag("G38")
    void softLimitFollowsTheMinimumThatIsInForce() throws InterruptedException {
        Pool<Resource> pool = open(patient(4).minIdle(3).evictionPolicy(SPARE));
        awaitIdle(pool, 3);
        ticker.advance(Duration.ofMinutes(6));
        keeps(pool, () -> pool.stats().idle() == 3);
        pool.control().resize(1, 4);
        ticker.advance(pool.config().maintenanceInterval());
        await(pool, () -> pool.stats().idle() == 1 && pool.stats().destroyed() == 2);
        keeps(pool, () -> pool.stats().total() == 1);
    }

    @Test
    @Tag("G38")
    void softLimitHasNothingMadeAheadOfTime() throws InterruptedException {
        Pool<Resource> pool = open(patient(8).minIdle(2).evictionPolicy(SPARE));
        awaitIdle(pool, 2);
        CheckedLease one = take(pool);
        CheckedLease other = take(pool);
        awaitIdle(pool, 2);
        one.close();
        other.close();
        ticker.advance(Duration.ofMinutes(5).minusSeconds(2));
        ticker.advance(pool.config().maintenanceInterval());
        keeps(pool, () -> pool.stats().idle() == 4);
        assertEquals(4, factory.creations().calls());
    }

    @Test
    @Tag("G38")
    void softLimitRefusesNoBorrowerAnObject() throws InterruptedException {
        PoolConfig<Resource> quiet = config(1).maintenanceInterval(Duration.ofDays(1));
        Pool<Resource> pool = open(quiet.evictionPolicy(SPARE));
        CheckedLease lease = take(pool);
        lease.close();
        ticker.advance(Duration.ofMinutes(50));
        CheckedLease again = take(pool);
        assertSame(lease.resource(), again.resource());
        ticker.advance(Duration.ofMinutes(50));
        again.close();
        assertEquals(1, pool.stats().idle());
    }

    @Test
    @Tag("G41")
    void jitterDiffersFromObjectToObject() throws InterruptedException {
        List<Double> jitters = new CopyOnWriteArrayList<>();
        Pool<Resource> pool = open(config(8).evictionPolicy((resource, info) -> {
            jitters.add(info.jitter());
            return true;
        }));
        for (int i = 0; i < 8; i++) {
            take(pool).close();
        }
        assertTrue(jitters.stream().distinct().count() >= 8, () -> "drawn: " + jitters);
    }

    @Test
    @Tag("G41")
    void objectsMadeTogetherEndAllOverTheWindow() throws InterruptedException {
        EvictionPolicy<Object> spread = EvictionPolicy.olderThan(Duration.ofMinutes(60), Duration.ofMinutes(40));
        Map<Resource, Set<Double>> drawn = new ConcurrentHashMap<>();
        Pool<Resource> pool = open(patient(64).minIdle(64).evictionPolicy((resource, info) -> {
            drawn.computeIfAbsent(resource, r -> ConcurrentHashMap.newKeySet()).add(info.jitter());
            return spread.shouldEvict(resource, info);
        }));
        awaitIdle(pool, 64);
        pool.control().resize(0, 64); // none is replaced
        ticker.advance(Duration.ofMinutes(20).minusNanos(1));
        await(pool, () -> drawn.size() == 64);
        keeps(pool, () -> pool.stats().idle() == 64);
        long before = 0;
        for (int quarter = 1; quarter <= 4; quarter++) {
            double least = 1 - quarter / 4.0;
            ticker.advance(Duration.ofMinutes(10).plusNanos(1));
            long ended = drawn.values().stream()
                    .filter(jitter -> jitter.iterator().next() >= least)
                    .count();
            await(pool, () -> pool.stats().destroyed() == ended);
            assertTrue(ended > before, "none in a quarter of the window");
            before = ended;
        }
        assertEquals(64, before);
        assertTrue(drawn.values().stream().allMatch(jitter -> jitter.size() == 1), "drawn more than once");
    }

    @Test
    @Tag("G43")
    void lightlyUsedPoolShrinksToWhatIsUsedAtOnce() throws InterruptedException {
        Pool<Resource> pool = open(patient(5).evictionPolicy(UNUSED));
        List<CheckedLease> crowd = List.of(take(pool), take(pool), take(pool), take(pool), take(pool));
        crowd.forEach(CheckedLease::close);
        for (int minute = 0; minute < 6; minute++) {
            ticker.advance(Duration.ofMinutes(1));
            Resource lowest = pool.use(resource -> resource);
            assertSame(lowest, pool.use(resource -> resource));
            assertSame(lowest, useTwo(pool)); // from other threads
        }
        await(pool, () -> pool.stats().total() == 2);
        for (int minute = 0; minute < 6; minute++) {
            ticker.advance(Duration.ofMinutes(1));
            Resource lowest = pool.use(resource -> resource);
            CheckedLease other = take(pool);
            assertSame(lowest, other.resource());
            other.close();
        }
        await(pool, () -> pool.stats().total() == 1);
        assertEquals(5, factory.creations().calls());
    }

    @Test
    @Tag("G43")
    void unusedPoolShrinksToTheMinimum() throws InterruptedException {
        Pool<Resource> pool = open(patient(5).minIdle(2).evictionPolicy(UNUSED));
        List<CheckedLease> crowd = List.of(take(pool), take(pool), take(pool), take(pool), take(pool));
        crowd.forEach(CheckedLease::close);
        ticker.advance(Duration.ofMinutes(5));
        await(pool, () -> crowd.stream().allMatch(lease -> lease.resource().destructions() == 1));
        awaitIdle(pool, 2);
        keeps(pool, () -> pool.stats().total() == 2);
    }

    /** Has two threads use an object each at once; returns the first one's. */
    private Resource useTwo(Pool<Resource> pool) throws InterruptedException {
        CheckedLease first = take(pool);
        CheckedLease second = take(pool);
        first.close();
        second.close();
        return first.resource();
    }

    /** A sweep that is still under way when the time jumps must not count as one that hangs. */
    private PoolConfig<Resource> patient(int maxSize) {
        return config(maxSize).validationTimeout(Duration.ofDays(1));
    }

    /** Uses the object, leaves it idle that long, and tells whether it is then still the one that is lent. */
    private boolean isKept(Pool<Resource> pool, Duration idle) throws InterruptedException {
        CheckedLease before = take(pool);
        before.close();
        ticker.advance(idle);
        CheckedLease after = take(pool);
        boolean kept = before.resource() == after.resource();
        after.close();
        return kept;
    }
}
