package io.dewpond;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PoolConfigTest {
    private static final Duration TOO_LONG = PoolConfig.LONGEST.plusNanos(1);
    private static final Duration NEGATIVE = Duration.ofNanos(-1);
    private static final PoolConfig<String> DEFAULTS = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}));

    @Test
    void defaultsHaveNoProblem() {
        assertEquals(List.of(), DEFAULTS.problems());
        assertSame(DEFAULTS, DEFAULTS.requireValid());
    }

    @Test
    void changeLeavesTheOriginalAlone() {
        PoolConfig<String> changed = DEFAULTS.maxSize(3).name("parsers").failFast(true);
        assertNotSame(DEFAULTS, changed);
        assertEquals(10, DEFAULTS.maxSize());
        assertEquals("pool", DEFAULTS.name());
        assertEquals(3, changed.maxSize());
        assertEquals("parsers", changed.name());
        assertTrue(changed.failFast());
        assertSame(DEFAULTS.factory(), changed.factory());
        AdmissionPolicy codel = AdmissionPolicy.codel(Duration.ofMillis(5), Duration.ofMillis(100));
        assertSame(codel, changed.admission(codel).maxSize(4).admission());
        assertSame(AdmissionPolicy.none(), DEFAULTS.admission());
        Hook<Object> hook = object -> {};
        PoolConfig<String> hooked = DEFAULTS.afterCreate(hook)
                .beforeLend(hook)
                .lendingOrder(LendingOrder.FIFO)
                .maxSize(3);
        assertSame(hook, hooked.afterCreate());
        assertSame(hook, hooked.beforeLend());
        assertEquals(LendingOrder.FIFO, hooked.lendingOrder());
        assertEquals(LendingOrder.LOWEST, DEFAULTS.lendingOrder());
    }

    @Test
    void eachNumberHasItsLeast() {
        assertProblem("maxSize is 0, but must be at least 1", DEFAULTS.maxSize(0));
        assertProblem("minIdle is -1, but must be at least 0", DEFAULTS.minIdle(-1));
        assertProblem("minIdle is 11, but must be at most maxSize (10)", DEFAULTS.minIdle(11));
        assertProblem("maxWaiters is -1, but must be at least 0", DEFAULTS.maxWaiters(-1));
        assertProblem("maxConcurrentCreations is 0, but must be at least 1", DEFAULTS.maxConcurrentCreations(0));
        assertProblem("siteSampling is -1, but must be at least 0", DEFAULTS.siteSampling(-1));
        assertProblem("name is ' ', but must not be blank", DEFAULTS.name(" "));
    }

    @Test
    void eachDurationHasItsBounds() {
        Map<String, Function<Duration, PoolConfig<String>>> orZero = Map.of(
                "acquireTimeout", DEFAULTS::acquireTimeout,
                "drainTimeout", DEFAULTS::drainTimeout,
                "overdueAfter", DEFAULTS::overdueAfter,
                "reclaimAfter", DEFAULTS::reclaimAfter,
                "warmUp", DEFAULTS.minIdle(1)::warmUp,
                "validateAfterIdle", DEFAULTS::validateAfterIdle);
        orZero.forEach((name, setter) -> {
            assertEquals(List.of(), setter.apply(Duration.ZERO).problems());
            assertProblem(name + " is " + NEGATIVE + ", but must be at least PT0S", setter.apply(NEGATIVE));
        });
        Map<String, Function<Duration, PoolConfig<String>>> orMilli = Map.of(
                "createTimeout", DEFAULTS::createTimeout,
                "validationTimeout", DEFAULTS::validationTimeout,
                "destroyTimeout", DEFAULTS::destroyTimeout,
                "maintenanceInterval", DEFAULTS::maintenanceInterval,
                "retryDelay", DEFAULTS::retryDelay);
        orMilli.forEach((name, setter) -> {
            assertEquals(List.of(), setter.apply(Duration.ofMillis(1)).problems());
            assertProblem(name + " is PT0S, but must be at least PT0.001S", setter.apply(Duration.ZERO));
        });
        orZero.forEach((name, setter) -> assertTooLong(name, setter));
        orMilli.forEach((name, setter) -> {
            if (!name.equals("retryDelay")) {
                assertTooLong(name, setter);
            }
        });
    }

    @Test
    void warmUpNeedsSomethingToWaitFor() {
        PoolConfig<String> config = DEFAULTS.warmUp(Duration.ofSeconds(1));
        assertProblem("warmUp is PT1S, but must be zero where minIdle is 0 and there is nothing to wait for", config);
        assertEquals(List.of(), config.minIdle(1).problems());
    }

    @Test
    void leaseIsNotReclaimedBeforeItIsOverdue() {
        PoolConfig<String> config = DEFAULTS.overdueAfter(Duration.ofSeconds(2));
        assertProblem(
                "reclaimAfter is PT1S, but must be zero or at least overdueAfter (PT2S)",
                config.reclaimAfter(Duration.ofSeconds(1)));
        assertEquals(List.of(), config.reclaimAfter(Duration.ofSeconds(2)).problems());
        assertEquals(List.of(), config.reclaimAfter(Duration.ZERO).problems());
    }

    @Test
    void longestRetryDelayIsNotBelowTheFirst() {
        PoolConfig<String> config = DEFAULTS.retryDelay(Duration.ofSeconds(2)).maxRetryDelay(Duration.ofSeconds(1));
        assertProblem("maxRetryDelay is PT1S, but must be at least retryDelay (PT2S)", config);
    }

    @Test
    void validationNeedsAValidator() {
        assertProblem(
                "validateOnRelease is true, but must be false where there is no validator",
                DEFAULTS.validateOnRelease(true));
        assertProblem(
                "validateAfterCreate is true, but must be false where there is no validator",
                DEFAULTS.validateAfterCreate(true));
        assertProblem(
                "validateEvery is PT1S, but must be zero where there is no validator",
                DEFAULTS.validateEvery(Duration.ofSeconds(1)));
        PoolConfig<String> all =
                DEFAULTS.validateOnRelease(true).validateAfterCreate(true).validateEvery(Duration.ofSeconds(1));
        assertEquals(List.of(), all.validator(object -> true).problems());
    }

    @Test
    void refusalNamesThePoolAndListsEveryProblem() {
        PoolConfig<String> config = DEFAULTS.name("parsers").maxSize(0).minIdle(-1);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, config::requireValid);
        assertEquals(
                "Pool 'parsers' can't be opened: maxSize is 0, but must be at least 1; "
                        + "minIdle is -1, but must be at least 0",
                refusal.getMessage());
    }

    @Test
    void nullIsRefusedWhereItIsGiven() {
        List<Runnable> nulls = List.of(
                () -> PoolConfig.of(null),
                () -> DEFAULTS.factory(null),
                () -> DEFAULTS.name(null),
                () -> DEFAULTS.acquireTimeout(null),
                () -> DEFAULTS.createTimeout(null),
                () -> DEFAULTS.validationTimeout(null),
                () -> DEFAULTS.destroyTimeout(null),
                () -> DEFAULTS.drainTimeout(null),
                () -> DEFAULTS.maintenanceInterval(null),
                () -> DEFAULTS.overdueAfter(null),
                () -> DEFAULTS.reclaimAfter(null),
                () -> DEFAULTS.warmUp(null),
                () -> DEFAULTS.retryDelay(null),
                () -> DEFAULTS.maxRetryDelay(null),
                () -> DEFAULTS.validateAfterIdle(null),
                () -> DEFAULTS.validateEvery(null),
                () -> DEFAULTS.validator(null),
                () -> DEFAULTS.resetter(null),
                () -> DEFAULTS.evictionPolicy(null),
                () -> DEFAULTS.abortAtShutdown(null),
                () -> DEFAULTS.listener(null),
                () -> DEFAULTS.ticker(null),
                () -> DEFAULTS.afterCreate(null),
                () -> DEFAULTS.beforeLend(null),
                () -> DEFAULTS.lendingOrder(null));
        nulls.forEach(given -> assertThrows(NullPointerException.class, given::run));
    }

    private static void assertTooLong(String name, Function<Duration, PoolConfig<String>> setter) {
        assertEquals(List.of(), setter.apply(PoolConfig.LONGEST).problems());
        assertProblem(name + " is " + TOO_LONG + ", but must be at most " + PoolConfig.LONGEST, setter.apply(TOO_LONG));
    }

    private static void assertProblem(String problem, PoolConfig<String> config) {
        assertEquals(List.of(problem), config.problems());
    }
}
