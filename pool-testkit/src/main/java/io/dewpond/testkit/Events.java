package io.dewpond.testkit;

import io.dewpond.PoolListener;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the listener of the {@link ReferencePool} what happens, in order, on a thread of its own. If the listener throws,
 * that thread ends and the executor starts another.
 */
final class Events<T> {
    private final @Nullable PoolListener<? super T> listener;
    private final ThreadPoolExecutor thread;

    Events(@Nullable PoolListener<? super T> listener, String threadName) {
        this.listener = listener;
        this.thread = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(PoolListener.MOST_PENDING),
                task -> {
                    Thread made = new Thread(task, threadName);
                    made.setDaemon(true);
                    made.setUncaughtExceptionHandler((thrower, anything) -> {}); // what a listener throws harms nobody
                    return made;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    void tell(Consumer<PoolListener<? super T>> event) {
        if (listener != null) {
            thread.execute(() -> event.accept(listener));
        }
    }

    void end() {
        thread.shutdown();
    }
}
