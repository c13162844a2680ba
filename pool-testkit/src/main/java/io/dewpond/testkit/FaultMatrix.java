package io.dewpond.testkit;

import io.dewpond.Pool;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link Pool} survives, as a matrix: each callback of the user's, at each of its moments, does everything that a
 * callback should not do, while somebody enters the pool in each possible way. Extend this class, say how to open your pool,
 * and JUnit runs a test for each cell, some seven hundred.
 *
 * <p>Each callback throws an exception, an error or an {@link InterruptedException}, returns null, blocks until it is
 * interrupted, hangs until the test ends that, or interrupts its thread; not once but at every call. A combination is left
 * out for one reason only: what returns no object can't return null. Where a callback isn't part of what is done to the
 * pool, it is brought to misbehave before.
 *
 * <p>Meanwhile everybody gets what the contract grants, or a documented exception by the deadline, and no interrupt is lost
 * or invented; a callback that blocks in the thread of a borrower holds that borrower alone. The places come back while the
 * callback still misbehaves. Once it is healed, as many objects can be lent as the pool may have, what is idle is maintained,
 * the books balance, and after the shutdown nothing is left, no object, no thread.
 */
public abstract class FaultMatrix extends PoolUnderTest {
    /** For subclasses. */
    protected FaultMatrix() {}

    /**
     * Tells whether a cell is run: narrow it while you look for a mistake. Default: true.
     *
     * @param name a sentence such as {@code reset throws an error, while releasing}
     * @return whether to run it
     */
    protected boolean includes(String name) {
        return true;
    }

    @TestFactory
    @Tag("G2")
    @Tag("G24")
    @Tag("G25")
    @Tag("G27")
    Stream<DynamicTest> createMisbehaves() {
        return cells(Culprit.CREATE, Culprit.VALIDATE_AFTER_CREATE);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G26")
    @Tag("G27")
    Stream<DynamicTest> destroyMisbehaves() {
        return cells(Culprit.DESTROY);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G9")
    @Tag("G46")
    Stream<DynamicTest> validatorMisbehaves() {
        return cells(Culprit.VALIDATE_ON_ACQUIRE, Culprit.VALIDATE_WHILE_IDLE, Culprit.VALIDATE_ON_RELEASE);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G9")
    @Tag("G46")
    Stream<DynamicTest> resetterMisbehaves() {
        return cells(Culprit.RESET, Culprit.IS_NEEDED);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G9")
    @Tag("G37")
    @Tag("G46")
    Stream<DynamicTest> policyMisbehaves() {
        return cells(Culprit.EVICT, Culprit.NANOS_TO_LIVE, Culprit.REASON);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G46")
    Stream<DynamicTest> listenerMisbehaves() {
        return cells(Culprit.LISTENER);
    }

    @TestFactory
    @Tag("G27")
    @Tag("G53")
    Stream<DynamicTest> abortMisbehaves() {
        return cells(Culprit.ABORT);
    }

    @TestFactory
    @Tag("G2")
    @Tag("G9")
    @Tag("G27")
    @Tag("G49")
    Stream<DynamicTest> hooksMisbehave() {
        return cells(Culprit.AFTER_CREATE, Culprit.BEFORE_LEND);
    }

    private Stream<DynamicTest> cells(Culprit... culprits) {
        return Arrays.stream(culprits)
                .flatMap(culprit -> Arrays.stream(Misdeed.values())
                        .filter(culprit::isCapableOf)
                        .flatMap(misdeed -> Arrays.stream(Entry.values())
                                .filter(entry -> includes(FaultCell.name(culprit, misdeed, entry)))
                                .map(entry -> DynamicTest.dynamicTest(
                                        FaultCell.name(culprit, misdeed, entry),
                                        () -> FaultCell.play(culprit, misdeed, entry, this)))));
    }
}
