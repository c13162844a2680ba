package io.dewpond.testkit;

import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.Transformer;

/** One kind of action on a {@link PoolRun}, with a number drawn for it: which lease, how long, how many. */
final class PoolAction implements Action.Independent<PoolRun> {
    private static final int MOST = 11;

    private final String name;
    private final Predicate<PoolRun> precondition;
    private final Effect effect;

    PoolAction(String name, Predicate<PoolRun> precondition, Effect effect) {
        this.name = name;
        this.precondition = precondition;
        this.effect = effect;
    }

    @Override
    public boolean precondition(PoolRun run) {
        return precondition.test(run);
    }

    @Override
    public Arbitrary<Transformer<PoolRun>> transformer() {
        return Arbitraries.integers()
                .between(0, MOST)
                .map(number -> Transformer.mutate(name + " (" + number + ")", run -> take(run, number)));
    }

    private void take(PoolRun run, int number) {
        try {
            effect.on(run, number);
            run.agree();
        } catch (Throwable failure) {
            run.abandon();
            throw new AssertionError(name + " (" + number + ") went wrong", failure);
        }
    }

    /** What the action does. */
    @FunctionalInterface
    interface Effect {
        void on(PoolRun run, int number) throws InterruptedException;
    }
}
