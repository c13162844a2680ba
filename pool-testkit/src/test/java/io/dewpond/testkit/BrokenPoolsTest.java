package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A proof that nothing can fail proves nothing: each broken pool is seen to fail it, and by the right tests. */
final class BrokenPoolsTest {
    private static final String SEQUENCES = "everySequenceOfActionsAgreesWithTheModel";
    private static final String PROGRAMS = "everyConcurrentProgramKeepsTheInvariants";

    /** What is to be waited for comes at once or, in these pools, never. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** Some of these tests provoke a race, and need not meet it at the first try. */
    private static final int TRIES = 20;

    static void assertFails(Class<?> testClass, String... tests) {
        TreeSet<String> unharmed = new TreeSet<>(List.of(tests));
        for (int i = 0; i < TRIES && !unharmed.isEmpty(); i++) {
            Proof proof = Proof.of(testClass, List.copyOf(unharmed));
            TreeSet<String> all = new TreeSet<>(proof.failed());
            all.addAll(proof.passed());
            assertEquals(unharmed, all, "the tests that ran");
            proof.failed().forEach(unharmed::remove);
        }
        assertEquals(Set.of(), unharmed, "passed, though the pool is broken");
    }

    @Test
    void poolThatLendsTwiceIsCaught() {
        assertFails(
                LendsTwiceContract.class,
                "emptyPoolWithRoomCreates",
                "fullPoolWaitsForARelease",
                "tryAcquireTakesOnlyWhatIsIdle");
        assertFails(LendsTwiceProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatForgetsAWaiterIsCaught() {
        assertFails(
                ForgetsAWaiterContract.class,
                "emptyPoolWithRoomCreates",
                "fullPoolWaitsForARelease",
                "waitersAreServedInOrderOfArrival");
        assertFails(ForgetsAWaiterProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatDestroysTwiceIsCaught() {
        assertFails(
                DestroysTwiceContract.class,
                "invalidatedObjectIsDestroyedAndNotLentAgain",
                "crowdHasEachObjectDestroyedOnce");
        assertFails(DestroysTwiceProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatDestroysNothingIsCaught() {
        assertFails(
                DestroysNothingContract.class, "invalidatedObjectIsDestroyedAndNotLentAgain", "idleObjectIsLentAtOnce");
        assertFails(DestroysNothingProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatLosesAPlaceIsCaught() {
        assertFails(
                LosesAPlaceContract.class,
                "failedDestructionCountsAndFreesThePlace",
                "hungDestructionFreesThePlaceAfterItsTimeout");
        assertFails(LosesAPlaceProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatCountsEveryCloseIsCaught() {
        assertFails(
                CountsEveryCloseContract.class,
                "secondCloseDoesNothing",
                "closeAfterTheObjectWasLentAgainDoesNothing",
                "ofTwoThreadsThatCloseAtOnceOneCounts",
                "endedLeaseRefuses");
        assertFails(CountsEveryCloseProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatHasNoDeadlineIsCaught() {
        assertFails(
                HasNoDeadlineContract.class,
                "waiterGivesUpAtItsDeadlineAndNotBefore",
                "zeroAndNegativeTimeoutsNeverWait",
                "hungCreationHoldsNobodyPastTheDeadline",
                "threadThatWaitsForAPoolWithoutPlacesIsNotToldSo");
        assertFails(HasNoDeadlineProperties.class, SEQUENCES);
    }

    @Test
    void poolThatLosesAGrantIsCaught() {
        assertFails(
                LosesAGrantContract.class,
                "timedOutWaiterGivesItsGrantBack",
                "interruptWhileWaiting",
                "waiterThatTimedOutLeavesTheOthersTheirPlaces");
        assertFails(LosesAGrantProperties.class, PROGRAMS);
    }

    @Test
    void poolThatMeasuresNoWaitIsCaught() {
        assertFails(MeasuresNoWaitContract.class, "waitLastsFromTheCallToTheLease", "futureWaitsUntilItIsComplete");
    }

    @Test
    void poolThatIgnoresInterruptsIsCaught() {
        assertFails(IgnoresInterruptsContract.class, "interruptSetBeforeWithAnObjectIdle", "interruptWhileWaiting");
        assertFails(IgnoresInterruptsProperties.class, SEQUENCES, PROGRAMS);
    }

    @Test
    void poolThatIgnoresAdmissionIsCaught() {
        assertFails(
                IgnoresAdmissionContract.class,
                "oldestAreShedWhenAnObjectComesAndTheNextIsServed",
                "objectIsIdleWhenAllAreShed",
                "newestIsServedFirstWhereThePolicySaysSo",
                "policyIsToldHowLongTheOldestWaitsAndHowManyDo");
    }

    @Test
    void poolThatTrustsAdmissionIsCaught() {
        assertFails(TrustsAdmissionContract.class, "policyThatThrowsShedsNobodyAndCountsAsFailed");
    }

    @Test
    void poolThatCatchesExceptionsOnlyIsCaught() {
        assertFails(CatchesExceptionsOnlyMatrix.class, "reset throws an error, while releasing");
    }

    @Test
    void poolThatJudgesInItsKeeperIsCaught() {
        assertFails(JudgesInItsKeeperMatrix.class, "shouldEvict throws an exception, while maintaining");
    }

    @Test
    void poolThatForgetsAnInterruptIsCaught() {
        assertFails(ForgetsAnInterruptMatrix.class, "reset throws InterruptedException, while releasing");
    }

    @Test
    void poolThatMissesLostLeasesIsCaught() {
        assertFails(
                MissesLostLeasesContract.class,
                "objectOfALostLeaseIsDestroyedAndItsPlaceComesBack",
                "borrowerThatDoesNotWaitFindsLostLeasesToo",
                "lostLeaseTellsWhereItWasAcquired");
    }

    @Test
    void poolThatTakesAllLeasesForLostIsCaught() {
        assertFails(TakesAllForLostContract.class, "leaseInUseIsNotLost", "leaseOfAFutureIsNotLostBeforeItIsPickedUp");
    }

    @Test
    void poolThatTellsOfAnOverdueLeaseAgainAndAgainIsCaught() {
        assertFails(
                TellsOverdueAgainContract.class,
                "overdueLeaseIsToldOnceAndOnceWhenItEnds",
                "everyEndOfAnOverdueLeaseIsTold");
    }

    @Test
    void poolThatLendsWhileSuspendedIsCaught() {
        assertFails(
                LendsWhileSuspendedContract.class,
                "suspendedPoolLendsNothingThoughItIsIdle",
                "timeoutOfZeroIsOverAtOnceAndSaysWhy",
                "nothingIsMadeForThoseWhoWaitBeforeTheResume");
        assertFails(LendsWhileSuspendedProperties.class, SEQUENCES);
    }

    @Test
    void poolThatForgetsWhoWaitedForTheResumeIsCaught() {
        assertFails(
                ForgetsWhoWaitedForTheResumeContract.class,
                "suspendedPoolLendsNothingThoughItIsIdle",
                "resumeServesAsManyAsItHasObjects");
        assertFails(ForgetsWhoWaitedForTheResumeProperties.class, SEQUENCES);
    }

    @Test
    void poolThatDestroysByTheFirstFactoryIsCaught() {
        assertFails(
                DestroysByTheFirstFactoryContract.class,
                "eachObjectIsDestroyedByTheFactoryThatMadeIt",
                "creationUnderWayIsTheFormerFactorysAffair");
        assertFails(DestroysByTheFirstFactoryProperties.class, SEQUENCES);
    }

    @Test
    void poolThatTellsNobodyThatItIsWarmIsCaught() {
        assertFails(
                TellsNobodyThatItIsWarmContract.class,
                "warmUpIsOverWhenTheMinimumIsReady",
                "warmUpMayBeOverByARelease",
                "warmUpThatFailedCanBeAskedForAgain",
                "otherPoolsTryAgain");
    }

    @Test
    void poolThatSuspectsNothingIsCaught() {
        assertFails(
                SuspectsNothingContract.class,
                "whatIsSuspectIsValidatedBeforeItIsLentNext",
                "suspicionTwiceInOneInstantEndsByAValidation");
    }

    @Test
    void poolThatLendsWhatItReclaimedIsCaught() {
        assertFails(
                LendsWhatItReclaimedContract.class,
                "leaseIsEndedWhenItsTimeIsOverAndNotBefore",
                "whoeverWaitsIsServedInThePlaceOfAReclaimedLease",
                "objectIsMadeToFailBeforeItIsDestroyed");
    }

    @Test
    void poolThatForgetsTheMinimumIsCaught() {
        assertFails(
                ForgetsTheMinimumContract.class,
                "unusedPoolShrinksSoftlyToItsMinimumAndKeepsWhatIsThere",
                "softLimitFollowsTheMinimumThatIsInForce");
    }

    @Test
    void poolThatLendsInSpiteOfItsHookIsCaught() {
        assertFails(
                LendsInSpiteOfItsHookContract.class,
                "objectThatFailsBeforeItIsLentIsReplacedWithinTheDeadline",
                "newObjectsThatFailTheHookAreNotMadeWithoutPause",
                "interruptInTheHookEndsTheAcquire",
                "whoeverIsOutOfTimeIsLentNothingThoughItIsIdle",
                "futureWhoseHookHangsFailsAtItsDeadline",
                "futureWhoseHookHangsInAClosedPoolLearnsThatItIsClosed");
    }

    @Test
    void poolThatForgetsItsHookIsCaught() {
        assertFails(ForgetsItsHookContract.class, "hookRunsBeforeEachLeaseInItsBorrowersThread");
    }

    @Test
    void poolThatLendsTheLowestAlwaysIsCaught() {
        assertFails(
                LendsTheLowestAlwaysContract.class,
                "lastReleasedComesFirst",
                "longestIdleComesFirst",
                "orderHoldsForEveryWayToAcquire");
    }

    @Test
    void poolThatKeepsEveryReasonIsCaught() {
        assertFails(KeepsEveryReasonContract.class, "reasonsThatDifferEachTimeAreCountedTogether");
    }

    static final class LendsTwiceContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsTwice<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsTwiceProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsTwice<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsAWaiterContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsAWaiter<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsAWaiterProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsAWaiter<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysTwiceContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysTwice<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysTwiceProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysTwice<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysNothingContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysNothing<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysNothingProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysNothing<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LosesAPlaceContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LosesAPlace<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LosesAPlaceProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LosesAPlace<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class CountsEveryCloseContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.CountsEveryClose<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class CountsEveryCloseProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.CountsEveryClose<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class HasNoDeadlineContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.HasNoDeadline<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class HasNoDeadlineProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.HasNoDeadline<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LosesAGrantContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LosesAGrant<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LosesAGrantProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LosesAGrant<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class IgnoresInterruptsContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.IgnoresInterrupts<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class IgnoresInterruptsProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.IgnoresInterrupts<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class CatchesExceptionsOnlyMatrix extends FaultMatrix {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.CatchesExceptionsOnly<>(config));
        }

        @Override
        protected boolean includes(String name) {
            return name.equals("reset throws an error, while releasing");
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class JudgesInItsKeeperMatrix extends FaultMatrix {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.JudgesInItsKeeper<>(config));
        }

        @Override
        protected boolean includes(String name) {
            return name.equals("shouldEvict throws an exception, while maintaining");
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsAnInterruptMatrix extends FaultMatrix {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsAnInterrupt<>(config));
        }

        @Override
        protected boolean includes(String name) {
            return name.equals("reset throws InterruptedException, while releasing");
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class MeasuresNoWaitContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.MeasuresNoWait<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class MissesLostLeasesContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.MissesLostLeases<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class TakesAllForLostContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.TakesAllForLost<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class TellsOverdueAgainContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.TellsOverdueAgain<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsWhileSuspendedContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsWhileSuspended<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsWhileSuspendedProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsWhileSuspended<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsWhoWaitedForTheResumeContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsWhoWaitedForTheResume<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsWhoWaitedForTheResumeProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsWhoWaitedForTheResume<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysByTheFirstFactoryContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysByTheFirstFactory<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class DestroysByTheFirstFactoryProperties extends PoolProperties {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.DestroysByTheFirstFactory<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class SuspectsNothingContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.SuspectsNothing<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class TellsNobodyThatItIsWarmContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.TellsNobodyThatItIsWarm<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsWhatItReclaimedContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsWhatItReclaimed<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    private static <P extends ReferencePool<?>> P started(P pool) {
        pool.start();
        return pool;
    }

    static final class IgnoresAdmissionContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.IgnoresAdmission<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class TrustsAdmissionContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.TrustsAdmission<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsTheMinimumContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsTheMinimum<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsInSpiteOfItsHookContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsInSpiteOfItsHook<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class ForgetsItsHookContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.ForgetsItsHook<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class LendsTheLowestAlwaysContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.LendsTheLowestAlways<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }

    static final class KeepsEveryReasonContract extends PoolContract {
        @Override
        protected <T> Pool<T> open(PoolConfig<T> config) {
            return started(new BrokenPools.KeepsEveryReason<>(config));
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }
    }
}
