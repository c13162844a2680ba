package io.dewpond.testkit;

import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;
import static io.dewpond.EvictionPolicy.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An eviction says why, to listeners and in the numbers. */
abstract class ReasonClause extends Clause {
    private static final Duration MINUTES = Duration.ofMinutes(10);

    private final Recorder recorder = new Recorder();

    ReasonClause(PoolContract contract) {
        super(contract);
    }

    private PoolConfig<Resource> judging(EvictionPolicy<? super Resource> policy) {
        // Maintenance judges whenever it likes: it is kept out of the way.
        return config(1)
                .maintenanceInterval(Duration.ofDays(30))
                .listener(recorder)
                .evictionPolicy(policy);
    }

    private static EvictionPolicy<Resource> broken() {
        return when("broken down", (resource, info) -> !resource.isSound());
    }

    private void awaitEvictions(Pool<Resource> pool, Map<String, Long> evictions) {
        await(pool, () -> pool.stats().evictions().equals(evictions));
    }

    @Test
    @Tag("G37")
    void evictionSaysWhyAtEachOfItsMoments() throws InterruptedException {
        Pool<Resource> pool = open(judging(olderThan(MINUTES).or(broken())));
        CheckedLease released = take(pool);
        released.resource().breakDown();
        released.close();
        awaitEvictions(pool, Map.of("broken down", 1L));

        take(pool).close();
        ticker.advance(MINUTES);
        take(pool).close();
        awaitEvictions(pool, Map.of("broken down", 1L, "older than PT10M", 1L));

        Pool<Resource> watched = open(judging(idleLongerThan(MINUTES)).maintenanceInterval(Duration.ofSeconds(1)));
        take(watched).close();
        ticker.advance(MINUTES);
        awaitEvictions(watched, Map.of("idle longer than PT10M", 1L));
        assertEquals(1, watched.stats().destroyedFor(DestroyReason.EVICTED));
    }

    @Test
    @Tag("G37")
    void listenerHearsTheReasonBeforeTheDestruction() throws InterruptedException {
        Pool<Resource> pool = open(judging(broken().or(olderThan(MINUTES))));
        CheckedLease lease = take(pool);
        lease.resource().breakDown();
        lease.close();
        List<String> told = List.of("created 1", "evicted 1: broken down", "destroyed 1: EVICTED");
        Eventually.holds(patience(), () -> recorder.events().equals(told), () -> "" + recorder.events());
    }

    @Test
    @Tag("G37")
    void reasonIsAskedOnceAndOfWhatGoesOnly() throws InterruptedException {
        List<ObjectInfo> judged = new CopyOnWriteArrayList<>();
        List<ObjectInfo> asked = new CopyOnWriteArrayList<>();
        Pool<Resource> pool = open(judging(new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Resource object, ObjectInfo info) {
                judged.add(info);
                return !object.isSound();
            }

            @Override
            public String reason(Resource object, ObjectInfo info) {
                asked.add(info);
                return "broken down";
            }
        }));
        CheckedLease lease = take(pool);
        lease.close();
        CheckedLease again = take(pool);
        assertSame(lease.resource(), again.resource());
        assertEquals(List.of(), asked);
        again.resource().breakDown();
        again.close();
        awaitEvictions(pool, Map.of("broken down", 1L));
        assertEquals(1, asked.size());
        assertSame(judged.get(judged.size() - 1), asked.get(0));
    }

    @Test
    @Tag("G37")
    @Tag("G46")
    void policyThatFailsToGiveAReasonEvictsAllTheSame() throws InterruptedException {
        Script reasons = new Script().next(Step.refuse()).next(Step.fail(new StackOverflowError()));
        Pool<Resource> pool = open(judging(new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Resource object, ObjectInfo info) {
                return true;
            }

            @Override
            @SuppressWarnings("NullAway") // a policy that isn't null-checked
            public String reason(Resource object, ObjectInfo info) {
                try {
                    return reasons.run() ? "told" : null;
                } catch (Exception notScripted) {
                    throw new AssertionError(notScripted);
                }
            }
        }));
        take(pool).close();
        take(pool).close();
        take(pool).close();
        await(pool, () -> pool.stats().destroyedFor(DestroyReason.EVICTED) == 3);
        assertEquals(2, pool.stats().callbackFailures());
        assertEquals(1, pool.stats().evictions().get("told"));
        assertEquals(3, sum(pool.stats().evictions()));
    }

    @Test
    @Tag("G37")
    void reasonsThatDifferEachTimeAreCountedTogether() throws InterruptedException {
        int most = PoolStats.MOST_REASONS;
        Pool<Resource> pool = open(judging(new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Resource object, ObjectInfo info) {
                return true;
            }

            @Override
            public String reason(Resource object, ObjectInfo info) {
                return object.number() % (most + 10) == 1 ? "first" : "resource " + object.number();
            }
        }));
        for (int i = 0; i < most + 11; i++) {
            take(pool).close();
        }
        await(pool, () -> pool.stats().destroyedFor(DestroyReason.EVICTED) == most + 11);
        Map<String, Long> evictions = pool.stats().evictions();
        assertEquals(most + 1, evictions.size());
        assertEquals(10, evictions.get(PoolStats.OTHER_REASONS));
        assertEquals(2, evictions.get("first"));
    }

    @Test
    @Tag("G37")
    @Tag("G56")
    void destructionsAreCountedByReason() throws InterruptedException {
        Pool<Resource> pool = open(judging(broken()).resetter(resource -> {
            if (resource.number() == 3) {
                throw new IllegalStateException("of the resetter");
            }
        }));
        take(pool).invalidate(null);
        CheckedLease broken = take(pool);
        broken.resource().breakDown();
        broken.close();
        take(pool).close();
        take(pool).close();
        pool.control().evictIdle();
        awaitQuiet(pool);
        Map<DestroyReason, Long> destructions = Map.of(
                DestroyReason.INVALIDATED, 1L,
                DestroyReason.EVICTED, 1L,
                DestroyReason.RESET_FAILED, 1L,
                DestroyReason.OPERATOR, 1L);
        assertEquals(destructions, pool.stats().destructions());
        assertEquals(4, pool.stats().destroyed());
        assertEquals(0, pool.stats().destroyedFor(DestroyReason.LOST));
        Map<DestroyReason, Long> snapshot = pool.stats().destructions();
        assertThrows(UnsupportedOperationException.class, snapshot::clear);
        assertTrue(pool.stats().evictions().containsKey("broken down"));
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
