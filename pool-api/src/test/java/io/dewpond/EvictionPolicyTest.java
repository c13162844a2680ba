package io.dewpond;

import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.never;
import static io.dewpond.EvictionPolicy.olderThan;
import static io.dewpond.EvictionPolicy.usedMoreThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G40")
class EvictionPolicyTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void neverEvictsNothingAndIsAlwaysTheSame() {
        assertSame(never(), never());
        assertFalse(never().shouldEvict("object", new Info(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0)));
    }

    @Test
    void limitsAreReachedOnTheNanosecond() {
        assertTurns(olderThan(HOUR), aged(HOUR.minusNanos(1)), aged(HOUR));
        assertTurns(idleLongerThan(HOUR), idle(HOUR.minusNanos(1)), idle(HOUR));
        assertTurns(usedMoreThan(5), new Info(0, 0, 5, 0), new Info(0, 0, 6, 0));
    }

    @Test
    @Tag("G38")
    void softIdleLimitEvictsOnlyWhatCanBeSpared() {
        EvictionPolicy<Object> soft = EvictionPolicy.idleBeyondMinimumLongerThan(MINUTE);
        assertFalse(soft.shouldEvict("object", new Spared(HOUR.toNanos(), 0)));
        assertFalse(soft.shouldEvict("object", new Spared(MINUTE.toNanos() - 1, 5)));
        assertTrue(soft.shouldEvict("object", new Spared(MINUTE.toNanos(), 1)));
        assertEquals(30, soft.nanosToLive("object", new Spared(MINUTE.toNanos() - 30, 0)));
        assertEquals("idle beyond the minimum, longer than PT1M", soft.toString());
    }

    @Test
    void whatAnImplementationDoesNotMeasureIsZero() {
        ObjectInfo info = aged(HOUR);
        assertEquals(Duration.ZERO, info.timeLent());
        assertEquals(0, info.idleBeyondMinimum());
    }

    @Test
    void orEvictsWhatEitherDoesInEitherOrder() {
        for (EvictionPolicy<Object> either : List.of(
                olderThan(HOUR).or(idleLongerThan(MINUTE)),
                idleLongerThan(MINUTE).or(olderThan(HOUR)))) {
            assertFalse(either.shouldEvict("object", info(MINUTE, Duration.ZERO)));
            assertTrue(either.shouldEvict("object", info(HOUR, Duration.ZERO)));
            assertTrue(either.shouldEvict("object", info(MINUTE, MINUTE)));
            assertTrue(either.shouldEvict("object", info(HOUR, MINUTE)));
        }
    }

    @Test
    void andEvictsOnlyWhatBothDoInEitherOrder() {
        for (EvictionPolicy<Object> both : List.of(
                olderThan(HOUR).and(idleLongerThan(MINUTE)),
                idleLongerThan(MINUTE).and(olderThan(HOUR)))) {
            assertFalse(both.shouldEvict("object", info(MINUTE, Duration.ZERO)));
            assertFalse(both.shouldEvict("object", info(HOUR, Duration.ZERO)));
            assertFalse(both.shouldEvict("object", info(MINUTE, MINUTE)));
            assertTrue(both.shouldEvict("object", info(HOUR, MINUTE)));
        }
    }

    @Test
    void policyOfAnyObjectCombinesWithOneOfStrings() {
        EvictionPolicy<String> empty = (string, info) -> string.isEmpty();
        EvictionPolicy<String> either = olderThan(HOUR).or(empty);
        assertTrue(either.shouldEvict("", aged(Duration.ZERO)));
        assertFalse(either.shouldEvict("full", aged(Duration.ZERO)));
    }

    @Test
    @Tag("G41")
    void spreadEndsObjectsOfOneBirthOverTheWindowAndNeverLater() {
        EvictionPolicy<Object> policy = olderThan(HOUR, Duration.ofMinutes(10));
        long at55 = IntStream.range(0, 1000)
                .filter(i -> policy.shouldEvict(
                        "object", new Info(Duration.ofMinutes(55).toNanos(), 0, 0, i / 1000.0)))
                .count();
        assertTrue(Math.abs(at55 - 500) <= 1, () -> at55 + " of 1000");
        for (double jitter : new double[] {0, 0.5, Math.nextDown(1.0)}) {
            assertFalse(
                    policy.shouldEvict("object", new Info(Duration.ofMinutes(50).toNanos() - 1, 0, 0, jitter)));
            assertTrue(policy.shouldEvict("object", new Info(HOUR.toNanos(), 0, 0, jitter)));
        }
    }

    @Test
    void parameterOutOfRangeIsRefusedWithItsBound() {
        assertRefused("age is PT0S, but must be more than zero", () -> olderThan(Duration.ZERO));
        assertRefused("age is PT876000H0.000000001S", () -> olderThan(PoolConfig.LONGEST.plusNanos(1)));
        assertRefused("idleTime is PT-1S, but must be more", () -> idleLongerThan(Duration.ofSeconds(-1)));
        assertRefused("leases is 0, but must be at least 1", () -> usedMoreThan(0));
        assertRefused("must be less than age (PT1H)", () -> olderThan(HOUR, HOUR));
        assertRefused("spread is PT-1S", () -> olderThan(HOUR, Duration.ofSeconds(-1)));
        assertThrows(NullPointerException.class, () -> olderThan(null));
        assertThrows(NullPointerException.class, () -> olderThan(HOUR, null));
        assertThrows(NullPointerException.class, () -> idleLongerThan(null));
        assertRefused("idleTime is PT0S", () -> EvictionPolicy.idleBeyondMinimumLongerThan(Duration.ZERO));
        assertThrows(NullPointerException.class, () -> never().or(null));
        assertThrows(NullPointerException.class, () -> never().and(null));
        assertRefused("reason is ' ', but must not be blank", () -> EvictionPolicy.when(" ", never()));
        assertThrows(NullPointerException.class, () -> EvictionPolicy.when(null, never()));
        assertThrows(NullPointerException.class, () -> EvictionPolicy.when("reason", null));
    }

    @Test
    @Tag("G40")
    void policiesThatGoByTimeTellWhenTheirsWillCome() {
        Info fresh = info(Duration.ofMinutes(20), Duration.ofMinutes(5));
        EvictionPolicy<Object> old = olderThan(HOUR);
        EvictionPolicy<Object> idle = idleLongerThan(Duration.ofMinutes(10));
        assertEquals(Duration.ofMinutes(40).toNanos(), old.nanosToLive("object", fresh));
        assertEquals(Duration.ofMinutes(5).toNanos(), idle.nanosToLive("object", fresh));
        assertEquals(Duration.ofMinutes(5).toNanos(), old.or(idle).nanosToLive("object", fresh));
        assertEquals(Duration.ofMinutes(40).toNanos(), old.and(idle).nanosToLive("object", fresh));
        assertEquals(Duration.ofMinutes(5).toNanos(), never().or(idle).nanosToLive("object", fresh));
        assertEquals(
                Duration.ofMinutes(10).toNanos(),
                olderThan(HOUR, Duration.ofMinutes(40)).nanosToLive("object", new Info(fresh.ageNanos(), 0, 0, 0.75)));
    }

    @Test
    void policyThatCannotTellIsAskedEachTime() {
        Info fresh = info(Duration.ZERO, Duration.ZERO);
        EvictionPolicy<Object> own = (object, info) -> false;
        assertEquals(0, own.nanosToLive("object", fresh));
        assertEquals(0, usedMoreThan(3).nanosToLive("object", fresh));
        assertEquals(0, own.or(olderThan(HOUR)).nanosToLive("object", fresh));
    }

    @Test
    @Tag("G37")
    void readyMadePoliciesSayWhatTheyAre() {
        Info any = info(HOUR, MINUTE);
        assertSays("older than PT1H", olderThan(HOUR), any);
        assertSays("older than PT1H, less up to PT1M", olderThan(HOUR, MINUTE), any);
        assertSays("idle longer than PT1M", idleLongerThan(MINUTE), any);
        assertSays("lent more often than 100 times", usedMoreThan(100), any);
        assertSays("not (lent more often than 100 times)", usedMoreThan(100).not(), any);
        assertSays("never", never(), any);
    }

    @Test
    @Tag("G37")
    void lambdaHasTheNameThatItIsGiven() {
        EvictionPolicy<String> lambda = (string, info) -> string.isEmpty();
        assertEquals("evicted by a policy", lambda.reason("", aged(HOUR)));
        EvictionPolicy<String> named = EvictionPolicy.when("empty", lambda);
        assertSays("empty", named, aged(HOUR));
        assertTrue(named.shouldEvict("", aged(HOUR)));
        assertFalse(named.shouldEvict("full", aged(HOUR)));
        assertEquals(40, EvictionPolicy.when("old", inNanos(40)).nanosToLive("", aged(HOUR)));
        assertEquals("a policy or never", lambda.or(never()).toString());
    }

    @Test
    @Tag("G37")
    void policyOfAClassOfItsOwnIsCalledByItsText() {
        record Expired(String kind) implements EvictionPolicy<Object> {
            @Override
            public boolean shouldEvict(Object object, ObjectInfo info) {
                return true;
            }

            @Override
            public String toString() {
                return kind + " expired";
            }
        }
        assertEquals("ticket expired", new Expired("ticket").reason("object", aged(HOUR)));
    }

    @Test
    @Tag("G37")
    void combinationTellsWhoseVerdictItWas() {
        EvictionPolicy<Object> either = olderThan(HOUR).or(idleLongerThan(MINUTE));
        assertEquals("older than PT1H", either.reason("object", info(HOUR, Duration.ZERO)));
        assertEquals("idle longer than PT1M", either.reason("object", info(MINUTE, MINUTE)));
        assertEquals("older than PT1H", either.reason("object", info(HOUR, MINUTE)));
        EvictionPolicy<Object> both = olderThan(HOUR).and(idleLongerThan(MINUTE));
        assertEquals("older than PT1H and idle longer than PT1M", both.reason("object", info(HOUR, MINUTE)));
        assertEquals("older than PT1H or idle longer than PT1M", either.toString());
        assertEquals(
                "(older than PT1H or idle longer than PT1M) and lent more often than 3 times",
                either.and(usedMoreThan(3)).toString());
    }

    @Test
    void notIsTheOppositeAndUndoesItself() {
        EvictionPolicy<Object> used = usedMoreThan(5);
        assertTurns(used.not(), new Info(0, 0, 6, 0), new Info(0, 0, 5, 0));
        assertSame(used, used.not().not());
        assertEquals(0, olderThan(HOUR).not().nanosToLive("object", aged(HOUR)));
    }

    private static EvictionPolicy<Object> inNanos(long nanos) {
        return new EvictionPolicy<>() {
            @Override
            public boolean shouldEvict(Object object, ObjectInfo info) {
                return false;
            }

            @Override
            public long nanosToLive(Object object, ObjectInfo info) {
                return nanos;
            }
        };
    }

    private static <T> void assertSays(String text, EvictionPolicy<T> policy, ObjectInfo info) {
        assertEquals(text, policy.toString());
        assertEquals(text, policy.reason(null, info));
    }

    private static void assertTurns(EvictionPolicy<Object> policy, Info kept, Info evicted) {
        assertFalse(policy.shouldEvict("object", kept));
        assertTrue(policy.shouldEvict("object", evicted));
    }

    private static void assertRefused(String part, Runnable creation) {
        String message =
                assertThrows(IllegalArgumentException.class, creation::run).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Info aged(Duration age) {
        return info(age, Duration.ZERO);
    }

    private static Info idle(Duration idleTime) {
        return info(idleTime, idleTime);
    }

    private static Info info(Duration age, Duration idleTime) {
        return new Info(age.toNanos(), idleTime.toNanos(), 0, 0);
    }

    private record Spared(long idleNanos, int idleBeyondMinimum) implements ObjectInfo {
        @Override
        public long ageNanos() {
            return idleNanos;
        }

        @Override
        public long sinceValidationNanos() {
            return 0;
        }

        @Override
        public long leases() {
            return 0;
        }

        @Override
        public double jitter() {
            return 0;
        }
    }

    private record Info(long ageNanos, long idleNanos, long leases, double jitter) implements ObjectInfo {
        @Override
        public long sinceValidationNanos() {
            return 0;
        }
    }
}
