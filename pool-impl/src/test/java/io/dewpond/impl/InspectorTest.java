package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectFactory;
import io.dewpond.ObjectInfo;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.FixedObjectInfo;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the inspector makes of answers, and of none, and of those that nobody waits for any more. */
class InspectorTest {
    private static final ObjectInfo INFO = FixedObjectInfo.fresh();

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
