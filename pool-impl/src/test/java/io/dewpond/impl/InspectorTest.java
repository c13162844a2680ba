package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectFactory;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
import io.dewpond.Validator;
import io.dewpond.testkit.FixedObjectInfo;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the inspector makes of answers, and of none, and of those that nobody waits for any more. */
class InspectorTest {
    private static final ObjectInfo INFO = FixedObjectInfo.fresh();
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ManualTicker ticker = new ManualTicker();
    private final SlotPool<Object> pool = new SlotPool<>(PoolConfig.of(ObjectFactory.of(Object::new, object -> {})));

    private static Inspector<Object> inspector(UnaryOperator<PoolConfig<Object>> settings) {
        PoolConfig<Object> config = settings.apply(PoolConfig.of(ObjectFactory.of(Object::new, object -> {})));
        return new Inspector<>(config, new Events<>(config, null), false);
    }

    private static Inspector<Object> judging(EvictionPolicy<Object> policy) {
        return inspector(config -> config.evictionPolicy(policy));
    }

    @Test
    void withoutAPolicyNothingGoesNowOrSoon() {
        Inspector<Object> inspector = inspector(config -> config);
        assertNull(inspector.eviction(this, INFO, () -> true));
        assertFalse(inspector.evicts(this, INFO, () -> true));
        assertEquals(Clock.FAR_NANOS, inspector.nanosToLive(this, INFO, () -> true));
    }

    @Test
    void policyThatThrowsEvictsAndIsNamed() {
        Inspector<Object> inspector = judging(new Angry());
        assertEquals("the policy threw ArithmeticException", inspector.eviction(this, INFO, () -> true));
        assertTrue(inspector.evicts(this, INFO, () -> true));
        assertEquals(0, inspector.nanosToLive(this, INFO, () -> true));
        assertEquals(3, inspector.failures());
        inspector.eviction(this, INFO, () -> false);
        inspector.evicts(this, INFO, () -> false);
        inspector.nanosToLive(this, INFO, () -> false);
        assertEquals(3, inspector.failures(), "what is thrown after the call was given up is an echo");
    }

    @Test
    void policyWithoutAReasonEvictsAllTheSame() {
        Inspector<Object> inspector = judging(new Silent());
        assertEquals("evicted by a policy", inspector.eviction(this, INFO, () -> true));
        assertEquals(1, inspector.failures());
        assertEquals(Inspector.TOO_SLOW, inspector.eviction(this, INFO, () -> false));
        assertEquals(1, inspector.failures());
    }

    @Test
    void validatorThatThrowsAtANewObjectFindsItBadAndCounts() {
        Inspector<Object> inspector =
                inspector(config -> config.validateAfterCreate(true).validator(object -> {
                    throw new ArithmeticException();
                }));
        assertFalse(inspector.validAfterCreate(this));
        assertEquals(1, inspector.failures());
    }

    @Test
    void whatWasTouchedALittleWhileAgoNeedsNoValidation() {
        Slot<Object> slot = touched();
        Inspector<Object> inspector = inspector(config -> validating(config, object -> true));
        assertFalse(inspector.needsValidation(slot, ticker.nanoTime() + GRACE.toNanos() - 1));
        assertTrue(inspector.needsValidation(slot, ticker.nanoTime() + GRACE.toNanos()));
    }

    /** The suspicion is of this very instant, and so is the validation that it calls for. */
    @Test
    void validationAnswersASuspicionOfTheSameInstant() {
        Slot<Object> slot = touched();
        Inspector<Object> inspector = inspector(config -> validating(config, object -> true));
        inspector.suspectIdle();
        assertTrue(inspector.needsValidation(slot, ticker.nanoTime()));
        assertTrue(inspector.valid(slot, slot.stay()));
        assertFalse(inspector.needsValidation(slot, ticker.nanoTime()));
    }

    @Test
    void whatAValidationThrowsAfterItWasGivenUpIsAnEcho() {
        Slot<Object> slot = touched();
        long stay = slot.stay();
        Inspector<Object> inspector = inspector(config -> validating(config, object -> {
            if (slot.stay() == stay) {
                slot.mustPass(stay, State.MAINTENANCE);
            }
            throw new ArithmeticException();
        }));
        assertFalse(inspector.valid(slot, stay));
        assertEquals(0, inspector.failures());
        assertFalse(inspector.valid(slot, slot.stay()));
        assertEquals(1, inspector.failures());
    }

    private PoolConfig<Object> validating(PoolConfig<Object> config, Validator<Object> validator) {
        return config.ticker(ticker).validateAfterIdle(GRACE).validator(validator);
    }

    /** A slot whose object was touched now. */
    private Slot<Object> touched() {
        Slot<Object> slot = new Slot<>(pool, 0);
        long creating = slot.mustPass(slot.stay(), State.CREATING);
        slot.fill(this, ticker.nanoTime());
        slot.mustPass(creating, State.MAINTENANCE);
        slot.used(ticker.nanoTime());
        slot.validated(ticker.nanoTime());
        return slot;
    }

    private static class Silent implements EvictionPolicy<Object> {
        @Override
        public boolean shouldEvict(Object object, ObjectInfo info) {
            return true;
        }

        @Override
        public String reason(Object object, ObjectInfo info) {
            throw new ArithmeticException();
        }
    }

    private static final class Angry extends Silent {
        @Override
        public boolean shouldEvict(Object object, ObjectInfo info) {
            throw new ArithmeticException();
        }

        @Override
        public long nanosToLive(Object object, ObjectInfo info) {
            throw new ArithmeticException();
        }
    }
}
