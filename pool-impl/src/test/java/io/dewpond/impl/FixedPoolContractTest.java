package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.PoolContract;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What the contract says of any pool, and what has nothing to do with creation, holds for a pool of given objects too. Left
 * out is what counts creations, wants a successor, or has an operator replace what there is.
 */
class FixedPoolContractTest {
    private static final List<String> CLAUSES = List.of(
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

    @Test
    void contractHoldsAsFarAsItIsNotAboutCreation() {
        Map<String, String> outcomes = new TreeMap<>();
        PostDiscoveryFilter applicable =
                test -> FilterResult.includedIf(!test.isTest() || CLAUSES.contains(name(test.getDisplayName())));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(GivenObjects.class))
                .filters(EngineFilter.includeEngines("junit-jupiter"), applicable)
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    outcomes.put(name(test.getDisplayName()), result.toString());
                }
            }
        });
        Map<String, String> hoped = new TreeMap<>();
        CLAUSES.forEach(
                clause -> hoped.put(clause, TestExecutionResult.successful().toString()));
        assertEquals(hoped, outcomes);
    }

    private static String name(String displayName) {
        return displayName.replace("()", "");
    }

    /** The objects are made before the pool opens, and taken off the factory's books, for nobody will destroy them. */
    static final class GivenObjects extends PoolContract {
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
    }
}
