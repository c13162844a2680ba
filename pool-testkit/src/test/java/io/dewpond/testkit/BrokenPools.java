package io.dewpond.testkit;

import io.dewpond.Callback;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools that are wrong in one way each, so that the proofs can be seen to notice. */
final class BrokenPools {
    private BrokenPools() {}

    /** Leaves an object that it lends among the idle ones. */
    static final class LendsTwice<T> extends ReferencePool<T> {
        LendsTwice(PoolConfig<T> config) {
            super(config);
        }

        @Override
        ReferenceLease<T> lend(Place<T> place, Thread borrower, List<StackTraceElement> site) {
            ReferenceLease<T> lease = super.lend(place, borrower, site);
            place.state = Place.State.IDLE;
            return lease;
        }
    }

    /** Grants an object to a waiter and doesn't wake it. */
    static final class ForgetsAWaiter<T> extends ReferencePool<T> {
        ForgetsAWaiter(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void grant(Waiter<T> waiter, Place<T> place) {
            waiter.lease = lend(place, waiter.thread, waiter.site);
        }
    }

    /** Has a factory destroy each object twice. */
    static final class DestroysTwice<T> extends ReferencePool<T> {
        DestroysTwice(PoolConfig<T> config) {
            super(config);
        }

        @Override
        @Nullable
        Void dispose(ObjectFactory<T> maker, T object) throws Exception {
            super.dispose(maker, object);
            return super.dispose(maker, object);
        }
    }

    /** Never destroys anything. */
    static final class DestroysNothing<T> extends ReferencePool<T> {
        DestroysNothing(PoolConfig<T> config) {
            super(config);
        }

        @Override
        @Nullable
        Void dispose(ObjectFactory<T> maker, T object) {
            return null;
        }
    }

    /** Keeps the place of an object whose destruction threw. */
    static final class LosesAPlace<T> extends ReferencePool<T> {
        LosesAPlace(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void destroyEnded(Place<T> place, @Nullable Throwable failure) {
            if (failure == null) {
                super.destroyEnded(place, null);
            }
        }
    }

    /** Takes every close of a lease for the first, and what it closes for one more object. */
    static final class CountsEveryClose<T> extends ReferencePool<T> {
        CountsEveryClose(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean end(ReferenceLease<T> lease) {
            if (!super.end(lease)) {
                Place<T> oneMore = new Place<>(places.lastKey() + 1, lease.place.factory);
                oneMore.filled(lease.place.object(), config().ticker().nanoTime());
                oneMore.state = Place.State.IDLE;
                places.put(oneMore.slot, oneMore);
            }
            return true;
        }
    }

    /** Lets borrowers wait for as long as it takes. */
    static final class HasNoDeadline<T> extends ReferencePool<T> {
        HasNoDeadline(PoolConfig<T> config) {
            super(config);
        }

        @Override
        public Lease<T> acquire(Duration timeout) throws InterruptedException {
            return super.acquire(PoolConfig.LONGEST);
        }
    }

    /** Loses the object that a waiter was granted while it gave up. */
    static final class LosesAGrant<T> extends ReferencePool<T> {
        LosesAGrant(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void giveUp(Waiter<T> waiter) {
            // Still in the queue, it will be granted what it doesn't come for.
        }
    }

    /** Measures a wait from when it is over. */
    static final class MeasuresNoWait<T> extends ReferencePool<T> {
        MeasuresNoWait(PoolConfig<T> config) {
            super(config);
        }

        @Override
        long waited(Waiter<T> waiter) {
            return 0;
        }
    }

    /** Never notices that a lease was collected. */
    static final class MissesLostLeases<T> extends ReferencePool<T> {
        MissesLostLeases(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean isLost(Loan<T> loan) {
            return false;
        }
    }

    /** Takes each lease for lost. */
    static final class TakesAllForLost<T> extends ReferencePool<T> {
        TakesAllForLost(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean isLost(Loan<T> loan) {
            return !loan.ended;
        }
    }

    /** Tells of an overdue lease each time it looks, and so never of its end. */
    static final class TellsOverdueAgain<T> extends ReferencePool<T> {
        TellsOverdueAgain(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean tellOverdue(Loan<T> loan) {
            super.tellOverdue(loan);
            return false;
        }
    }

    /** Goes on waiting after an interrupt. */
    static final class IgnoresInterrupts<T> extends ReferencePool<T> {
        IgnoresInterrupts(PoolConfig<T> config) {
            super(config);
        }

        @Override
        public Lease<T> acquire(Duration timeout) throws InterruptedException {
            while (true) {
                try {
                    return super.acquire(timeout);
                } catch (InterruptedException ignored) {
                    // as some pools do
                }
            }
        }
    }

    /** Is prepared for the exceptions of a resetter, and not for its errors: one loses the place and reaches the borrower. */
    static final class CatchesExceptionsOnly<T> extends ReferencePool<T> {
        CatchesExceptionsOnly(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void failed(Callback callback, Throwable cause) {
            super.failed(callback, cause);
            if (callback == Callback.RESET && cause instanceof Error error) {
                throw error;
            }
        }
    }

    /** Asks the policy in the thread that does what time brings about, which dies of what the policy throws. */
    static final class JudgesInItsKeeper<T> extends ReferencePool<T> {
        JudgesInItsKeeper(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void judge(Place<T> place) {
            long now = config().ticker().nanoTime();
            if (config().evictionPolicy().shouldEvict(place.object(), place.info(now))) {
                super.judge(place);
            }
        }
    }

    /** Forgets the interrupt that a callback ended with, though it was its borrower's. */
    static final class ForgetsAnInterrupt<T> extends ReferencePool<T> {
        ForgetsAnInterrupt(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void failed(Callback callback, Throwable cause) {
            super.failed(callback, cause);
            boolean unused = Thread.interrupted();
        }
    }

    /** Takes a suspension for a hint. */
    static final class LendsWhileSuspended<T> extends ReferencePool<T> {
        LendsWhileSuspended(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean mayLend() {
            return true;
        }
    }

    /** Lends again after a suspension, but not to those who waited. */
    static final class ForgetsWhoWaitedForTheResume<T> extends ReferencePool<T> {
        ForgetsWhoWaitedForTheResume(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void suspensionChanged() {
            // Whoever waits, waits for the next release.
        }
    }

    /** Has whatever it destroys destroyed by the factory that the pool was opened with. */
    static final class DestroysByTheFirstFactory<T> extends ReferencePool<T> {
        DestroysByTheFirstFactory(PoolConfig<T> config) {
            super(config);
        }

        @Override
        @Nullable
        Void dispose(ObjectFactory<T> maker, T object) throws Exception {
            return super.dispose(config().factory(), object);
        }
    }

    /** Makes its spares and tells nobody. */
    static final class TellsNobodyThatItIsWarm<T> extends ReferencePool<T> {
        TellsNobodyThatItIsWarm(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void becameWarm() {
            // Who asked may look for himself.
        }
    }

    /** Ends the leases that are out for too long, and lends their objects again. */
    static final class LendsWhatItReclaimed<T> extends ReferencePool<T> {
        LendsWhatItReclaimed(PoolConfig<T> config) {
            super(config);
        }

        @Override
        @Nullable
        Verdict reclaimedObjectsGo() {
            return null;
        }
    }

    /** Serves in order of arrival, whatever the admission policy says. */
    static final class IgnoresAdmission<T> extends ReferencePool<T> {
        IgnoresAdmission(PoolConfig<T> config) {
            super(config);
        }

        @Override
        @Nullable
        Waiter<T> next(Deque<Waiter<T>> waiters) {
            return waiters.peekFirst();
        }
    }

    /** Asks the admission policy and throws on what it throws. */
    static final class TrustsAdmission<T> extends ReferencePool<T> {
        TrustsAdmission(PoolConfig<T> config) {
            super(config);
        }

        @Override
        void failed(Callback callback, Throwable cause) {
            if (callback == Callback.ADMIT) {
                throw new IllegalStateException(cause);
            }
            super.failed(callback, cause);
        }
    }

    /** Takes all that is idle for spare, whatever the minimum. */
    static final class ForgetsTheMinimum<T> extends ReferencePool<T> {
        ForgetsTheMinimum(PoolConfig<T> config) {
            super(config);
        }

        @Override
        int spare() {
            return count(Place.State.IDLE);
        }
    }

    /** Lends an object in spite of what the hook says. */
    static final class LendsInSpiteOfItsHook<T> extends ReferencePool<T> {
        LendsInSpiteOfItsHook(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean hooked(ReferenceLease<T> lease, @Nullable Throwable failure) {
            return super.hooked(lease, null);
        }
    }

    /** Hands an object over without its hook. */
    static final class ForgetsItsHook<T> extends ReferencePool<T> {
        ForgetsItsHook(PoolConfig<T> config) {
            super(config);
        }

        @Override
        boolean isReady(ReferenceLease<T> lease) {
            return true;
        }
    }

    /** Lends the lowest idle object whatever it is asked. */
    static final class LendsTheLowestAlways<T> extends ReferencePool<T> {
        LendsTheLowestAlways(PoolConfig<T> config) {
            super(config);
        }

        @Override
        Comparator<Place<T>> order() {
            return Comparator.comparing(place -> place.slot);
        }
    }

    /** Keeps each reason of an eviction apart, however many there are. */
    static final class KeepsEveryReason<T> extends ReferencePool<T> {
        KeepsEveryReason(PoolConfig<T> config) {
            super(config);
        }

        @Override
        Verdicts verdicts() {
            return new Verdicts() {
                @Override
                String label(String why) {
                    return why;
                }
            };
        }
    }

    /** Hears of a suspicion and lends on. */
    static final class SuspectsNothing<T> extends ReferencePool<T> {
        SuspectsNothing(PoolConfig<T> config) {
            super(config);
        }

        @Override
        public void suspectIdle() {
            // What was good a moment ago is good.
        }
    }
}
