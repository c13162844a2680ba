package io.dewpond.testkit;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ConcurrentProgram.Op;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.state.ActionChain;

/**
 * What is true of every {@link Pool} under any sequence of actions and under any program of several threads, as
 * properties: extend this class, say how to open your pool, and jqwik tries to refute them.
 *
 * <p>A sequence is compared with a model after each action; a concurrent program is followed by the {@link
 * InvariantChecker}. A failure comes with a seed, and with a sequence or program made as short as it could be.
 */
public abstract class PoolProperties extends PoolUnderTest {
    private static final int MOST_PLACES = 4;
    private static final int MOST_ACTIONS = 30;

    /** For subclasses. */
    protected PoolProperties() {}

    @Property(tries = 60)
    @Tag("G1")
    @Tag("G13")
    @Tag("G14")
    @Tag("G20")
    @Tag("G24")
    @Tag("G27")
    @Tag("G50")
    @Tag("G51")
    @Tag("G52")
    void everySequenceOfActionsAgreesWithTheModel(@ForAll("sequences") ActionChain<PoolRun> sequence) {
        sequence.run().finish();
    }

    @Property(tries = 60)
    @Tag("G5")
    @Tag("G9")
    @Tag("G13")
    @Tag("G20")
    @Tag("G24")
    @Tag("G27")
    @Tag("G50")
    @Tag("G52")
    void everyConcurrentProgramKeepsTheInvariants(
            @ForAll @IntRange(min = 1, max = 3) int maxSize,
            @ForAll @Size(min = 2, max = 5) List<@Size(min = 1, max = 12) List<Op>> threads,
            @ForAll @Size(max = 5) List<Boolean> creationsThatSucceed,
            @ForAll @Size(max = 5) List<Boolean> destructionsThatSucceed)
            throws Exception {
        InvariantChecker checker = new InvariantChecker(threadPrefix(), patience());
        checker.begin();
        ScriptedFactory factory = checker.watch(new ScriptedFactory());
        creationsThatSucceed.forEach(succeeds -> factory.creations().next(succeeding(succeeds)));
        destructionsThatSucceed.forEach(succeeds -> factory.destructions().next(succeeding(succeeds)));
        Pool<Resource> pool = checker.watch(open(PoolConfig.of(factory)
                .name("program")
                .maxSize(maxSize)
                .retryDelay(Duration.ofMillis(1))
                .maxRetryDelay(Duration.ofMillis(1))));
        try {
            new ConcurrentProgram(pool, factory, patience()).run(threads);
            if (factory.mostAlive() > maxSize) {
                throw new AssertionError(factory.mostAlive() + " were alive at once");
            }
            checker.check();
        } finally {
            checker.abandon();
        }
    }

    /**
     * Generates sequences of actions that make sense one after the other.
     *
     * @return an arbitrary; for jqwik
     */
    @Provide
    Arbitrary<ActionChain<PoolRun>> sequences() {
        Arbitrary<Integer> maxSizes = Arbitraries.integers().between(1, MOST_PLACES);
        Arbitrary<Integer> minIdles = Arbitraries.integers().between(0, 2);
        return Combinators.combine(maxSizes, minIdles).flatAs((maxSize, minIdle) -> {
            return ActionChain.startWith(() -> new PoolRun(this, Math.min(minIdle, maxSize), maxSize))
                    .withAction(6, new PoolAction("acquire", PoolRun::canLend, (run, n) -> run.acquire()))
                    .withAction(new PoolAction(
                            "acquire, not waiting", run -> !run.mustCreate(), (run, n) -> run.acquireAtOnce()))
                    .withAction(new PoolAction("acquire, interrupted", any -> true, (run, n) -> run.interrupted()))
                    .withAction(2, new PoolAction("try", any -> true, (run, n) -> run.tryAcquire()))
                    .withAction(new PoolAction("fail to create", PoolRun::mustCreate, (run, n) -> run.failToCreate()))
                    .withAction(6, new PoolAction("release", PoolRun::hasLeases, PoolRun::release))
                    .withAction(2, new PoolAction("invalidate", PoolRun::hasLeases, PoolRun::invalidate))
                    .withAction(new PoolAction("fail to destroy", PoolRun::hasLeases, PoolRun::failToDestroy))
                    .withAction(new PoolAction("detach", PoolRun::hasLeases, PoolRun::detach))
                    .withAction(2, new PoolAction("misuse", PoolRun::hasEnded, PoolRun::misuseEndedLease))
                    .withAction(new PoolAction("evict idle", any -> true, (run, n) -> run.evictIdle()))
                    .withAction(new PoolAction("refresh", any -> true, (run, n) -> run.refresh()))
                    .withAction(new PoolAction("replace the factory", any -> true, (run, n) -> run.replaceFactory()))
                    .withAction(2, new PoolAction("advance", any -> true, PoolRun::advanceMinutes))
                    .withAction(2, new PoolAction("resize", any -> true, PoolRun::resize))
                    .withAction(new PoolAction("suspend", any -> true, (run, n) -> run.suspend()))
                    .withAction(2, new PoolAction("resume", PoolRun::isSuspended, PoolRun::resume))
                    .withMaxTransformations(MOST_ACTIONS);
        });
    }

    private static Step succeeding(boolean succeeds) {
        return succeeds ? Step.succeed() : Step.fail(new IOException("refused"));
    }
}
