package io.dewpond.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls user code on a thread of its own and doesn't wait for it for ever. */
final class Bounded {
    private Bounded() {}

    static <R extends @Nullable Object> R call(String what, Duration patience, Callable<R> code) throws Exception {
        return call(what, patience, false, code);
    }

    /** Calls the code and, if asked to, interrupts it; throws what the code threw. */
    static <R extends @Nullable Object> R call(String what, Duration patience, boolean interrupt, Callable<R> code)
            throws Exception {
        FutureTask<R> task = new FutureTask<>(code);
        Thread thread = new Thread(task, what);
        thread.setDaemon(true);
        thread.start();
        if (interrupt) {
            thread.interrupt();
        }
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            throw new AssertionError(what + " hasn't returned after " + patience, tooLong);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw new AssertionError(what + " threw an error", failure.getCause());
        }
    }
}
