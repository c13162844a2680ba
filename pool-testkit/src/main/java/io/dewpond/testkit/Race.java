package io.dewpond.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Several actions at the same instant, each on a thread of its own. */
final class Race {
    private Race() {}

    /** Runs the actions at once, and returns when all have ended; throws what the first of them threw. */
    static void between(Callable<?>... actions) throws Exception {
        CyclicBarrier start = new CyclicBarrier(actions.length);
        List<FutureTask<?>> racers = new ArrayList<>();
        for (Callable<?> action : actions) {
            FutureTask<?> racer = new FutureTask<>(() -> {
                start.await();
                return action.call();
            });
            Thread thread = new Thread(racer, "racer-" + racers.size());
            thread.setDaemon(true);
            thread.start();
            racers.add(racer);
        }
        for (FutureTask<?> racer : racers) {
            try {
                Object unused = racer.get();
            } catch (ExecutionException failure) {
                throw new AssertionError("a racer failed", failure.getCause());
            }
        }
    }

    /** Makes an action of something that returns nothing. */
    static Callable<?> run(Runnable action) {
        return () -> {
            action.run();
            return true;
        };
    }
}
