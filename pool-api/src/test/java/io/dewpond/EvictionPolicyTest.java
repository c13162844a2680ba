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
        assertThrows(NullPointerException.class, () -> never().or(null));
        assertThrows(NullPointerException.class, () -> never().and(null));
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

    private record Info(long ageNanos, long idleNanos, long leases, double jitter) implements ObjectInfo {
        @Override
        public long sinceValidationNanos() {
            return 0;
        }
    }
}
