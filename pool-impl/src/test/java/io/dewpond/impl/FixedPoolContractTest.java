package io.dewpond.impl;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.PoolContract;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the contract says of any pool, and what has nothing to do with creation, holds for a pool of given objects too. They
 * are made before it opens, and taken off the factory's books, for nobody will destroy them.
 */
@ExtendWith(FixedPoolContractTest.Applicable.class)
class FixedPoolContractTest extends PoolContract {
    @Override
    protected <T> Pool<T> open(PoolConfig<T> config) {
        ScriptedFactory books = (ScriptedFactory) (Object) config.factory();
        List<T> objects = new ArrayList<>();
        try {
            for (int i = 0; i < config.maxSize(); i++) {
                T object = config.factory().create();
                books.forget((Resource) object);
                objects.add(object);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return Pools.of(objects, given -> config.factory(given.factory()));
    }

    /** Leaves out what counts creations, wants a successor, or has an operator replace what there is. */
    static final class Applicable implements ExecutionCondition {
        private static final Set<String> CLAUSES = Set.of(
                "fullPoolWaitsForARelease",
                "lowestPlaceIsLentFirst",
                "zeroAndNegativeTimeoutsNeverWait",
                "longestTimeoutDoesNotOverflow",
                "releaseWakesAWaiterWhicheverWayTheObjectWasAcquired",
                "waitersAreServedInOrderOfArrival",
                "tryAcquireTakesOnlyWhatIsIdle",
                "tryAcquireIgnoresAnInterruptAndKeepsTheFlag",
                "oneWaiterTooManyIsRefusedAtOnce",
                "useReleasesOnReturnAndOnThrow",
                "closeAfterTheObjectWasLentAgainDoesNothing",
                "endedLeaseRefusesWhileTheObjectIsLentAgain",
                "leaseMayBeEndedByAnotherThread",
                "interruptSetBeforeWithNothingIdle",
                "interruptWhileWaiting",
                "interruptWhileTheValidatorWorksDoesNotDisturbTheValidation",
                "interruptedWaiterGivesItsGrantBack",
                "idleObjectCompletesTheFutureAtOnce",
                "futuresAndThreadsAreServedInOrderOfArrival",
                "nobodyOvertakesAFuture",
                "releaserHasNoPartInWhatDependsOnTheFuture",
                "releaseInTheInstantOfTheRequestIsSeen",
                "cancellationGivesUpThePlace",
                "futureThatItsOwnerCompletesGivesUpThePlace",
                "grantToAFutureThatIsCancelledInThatInstantGoesToTheNext",
                "grantThatComesWithTheTimeoutIsNotLost",
                "zeroAndNegativeTimeoutsOfFuturesNeverWait",
                "shutdownFailsFutures",
                "eachIdleObjectIsVisitedOnceInAPeriod",
                "severalAreVisitedAtOnceAndTheRestCanBeLentMeanwhile",
                "visitThatHangsCostsOneObject");

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getTestMethod()
                    .filter(method -> !CLAUSES.contains(method.getName()))
                    .map(method -> ConditionEvaluationResult.disabled("needs a factory"))
                    .orElse(ConditionEvaluationResult.enabled("holds for given objects too"));
        }
    }
}
