package io.dewpond.testkit;

import io.dewpond.Callback;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a callback for the {@link ReferencePool}, on a daemon thread of its own.
 *
 * @param <R> what it returns
 */
final class Errand<R> {
    final Callback callback;
    final Thread thread;
    /** When it is given up. */
    final long deadline;
    /** Told, under the pool's lock and once, how it ended. */
    final BiConsumer<@Nullable R, @Nullable Throwable> done;
    /** Given, under the pool's lock, what came after it was given up. */
    final Consumer<@Nullable R> late;

    Errand(
            Callback callback,
            String threadName,
            long deadline,
            Callable<? extends @Nullable R> code,
            Errands errands,
            BiConsumer<@Nullable R, @Nullable Throwable> done,
            Consumer<@Nullable R> late) {
        this.callback = callback;
        this.thread = new Thread(() -> run(code, errands), threadName);
        this.deadline = deadline;
        this.done = done;
        this.late = late;
        thread.setDaemon(true);
    }

    private void run(Callable<? extends @Nullable R> code, Errands errands) {
        R result = null;
        Throwable failure = null;
        try {
            result = code.call();
        } catch (Throwable anything) {
            failure = anything;
        }
        errands.finished(this, result, failure);
    }
}
