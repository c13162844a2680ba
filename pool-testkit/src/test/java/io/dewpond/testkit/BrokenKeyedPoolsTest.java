package io.dewpond.testkit;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each broken keyed pool is seen to fail the contract, and by the right tests. */
final class BrokenKeyedPoolsTest {
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** A contract whose tests are not waited for; what is to come comes at once or, in these pools, never. */
    abstract static class Impatient extends KeyedPoolContract {
        @Override
        protected String threadPrefix() {
            return "reference-";
        }

        @Override
        protected Duration patience() {
            return PATIENCE;
        }

        static <K, T> KeyedPool<K, T> started(ReferenceKeyedPool<K, T> pool) {
            pool.start();
            return pool;
        }
    }

    static final class LosesRoomContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.LosesRoom<>(config));
        }
    }

    static final class ForgetsTheTotalContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.ForgetsTheTotal<>(config));
        }
    }

    static final class ServesTheYoungestContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.ServesTheYoungest<>(config));
        }
    }

    static final class KeepsWhatIsIdleContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.KeepsWhatIsIdle<>(config));
        }
    }

    static final class FavoursBusyKeysContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.FavoursBusyKeys<>(config));
        }
    }

    static final class ForgetsNoKeyContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.ForgetsNoKey<>(config));
        }
    }

    static final class TrustsSuspectsContract extends Impatient {
        @Override
        protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
            return started(new BrokenKeyedPools.TrustsSuspects<>(config));
        }
    }

    @Test
    void poolThatLosesRoomIsCaught() {
        BrokenPoolsTest.assertFails(
                LosesRoomContract.class, "failedCreationGivesItsRoomBack", "creationThatFailsDelaysNoOtherKey");
    }

    @Test
    void poolThatForgetsTheTotalIsCaught() {
        BrokenPoolsTest.assertFails(ForgetsTheTotalContract.class, "totalIsNeverExceeded");
    }

    @Test
    void poolThatServesTheYoungestIsCaught() {
        BrokenPoolsTest.assertFails(ServesTheYoungestContract.class, "roomGoesToWhoeverWaitsLongestOfAllKeys");
    }

    @Test
    void poolThatKeepsWhatIsIdleIsCaught() {
        BrokenPoolsTest.assertFails(
                KeepsWhatIsIdleContract.class,
                "leastRecentlyUsedIdleObjectMakesWay",
                "objectThatIsReleasedMakesWayForAWaiterOfAnotherKey");
    }

    @Test
    void poolThatFavoursBusyKeysIsCaught() {
        BrokenPoolsTest.assertFails(
                FavoursBusyKeysContract.class,
                "keyThatHasNothingIsServedBeforeYoungerWaitersOfAnother",
                "keyThatHasNothingLeftIsServedBeforeYoungerWaitersOfAnother");
    }

    @Test
    void poolThatForgetsNoKeyIsCaught() {
        BrokenPoolsTest.assertFails(
                ForgetsNoKeyContract.class,
                "keyLeavesWithItsLastObject",
                "refusedBorrowerLeavesNoKeyBehind",
                "refusedFutureLeavesNoKeyBehind");
    }

    @Test
    void poolThatTrustsSuspectsIsCaught() {
        BrokenPoolsTest.assertFails(TrustsSuspectsContract.class, "suspectThatIsBadIsNotLent");
    }
}
