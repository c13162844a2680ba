package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs one case on one pool, in this JVM. */
final class Judgement {
    private Judgement() {}

    /** What it came to; a case that is still running at its deadline is left where it is, and the pool hangs. */
    static Outcome of(Case tested, Peer peer) throws InterruptedException {
        Future<Outcome> running = Trial.start(() -> {
            try (Trial trial = new Trial(peer)) {
                return judge(tested, trial);
            }
        });
        try {
            return running.get(tested.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome(
                    Verdict.HANG, "nothing came of it in " + tested.deadline().toSeconds() + " s");
        } catch (ExecutionException e) {
            return Outcome.of(Objects.requireNonNull(e.getCause()));
        }
    }

    private static Outcome judge(Case tested, Trial trial) {
        try {
            tested.body().run(trial);
            return Outcome.PASS;
        } catch (Throwable end) {
            return Outcome.of(end);
        }
    }
}
