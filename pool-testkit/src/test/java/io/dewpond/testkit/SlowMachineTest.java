package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A good pool passes on a machine, too, whose threads get their turn late: a clause that has time pass until something has
 * happened must not have so much of it pass that what is still running is out of time.
 */
final class SlowMachineTest {
    private static final Duration DELAY = Duration.ofMillis(200);

    @Test
    void clausesThatHaveTimePassLeaveEnoughToThoseWhoAreLate() {
        List<String> clauses = List.of(
                "objectOfALostLeaseIsDestroyedAndItsPlaceComesBack",
                "borrowerThatDoesNotWaitFindsLostLeasesToo",
                "leasesAreLostOneAfterTheOther",
                "shutdownDoesNotWaitForALostLease",
                "newObjectsThatFailTheHookAreNotMadeWithoutPause");
        Proof proof = Proof.of(SlowMachineContract.class, clauses);
        assertEquals(List.of(), proof.failed());
        assertEquals(Set.copyOf(clauses), Set.copyOf(proof.passed()));
    }

    static final class SlowMachineContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return ReferencePool.open(config.factory(late(config.factory())));
        }

        private static <T> ObjectFactory<T> late(ObjectFactory<T> factory) {
            return ObjectFactory.of(
                    () -> {
                        turnsUpLate();
                        return factory.create();
                    },
                    object -> {
                        turnsUpLate();
                        factory.destroy(object);
                    });
        }

        private static void turnsUpLate() {
            Eventually.keepsHolding(DELAY, () -> true, () -> "time to pass");
        }

        @Override
        protected String threadPrefix() {
            return "reference-";
        }
    }
}
