package io.dewpond.testkit;

import io.dewpond.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A thread that enters a pool once, and what came of it. */
final class Call {
    private final Entry entry;
    private final Duration timeout;
    private final Thread thread;
    private final CompletableFuture<Optional<Lease<Resource>>> outcome = new CompletableFuture<>();
    private volatile boolean flagLeft;

    /** The code returns what is lent, now or later, or nothing. */
    Call(String name, Entry entry, Duration timeout, Callable<CompletableFuture<Optional<Lease<Resource>>>> code) {
        this.entry = entry;
        this.timeout = timeout;
        thread = new Thread(() -> run(code), name);
        thread.setDaemon(true);
    }

    private void run(Callable<CompletableFuture<Optional<Lease<Resource>>>> code) {
        CompletableFuture<Optional<Lease<Resource>>> lent;
        try {
            lent = code.call();
        } catch (Throwable anything) {
            lent = CompletableFuture.failedFuture(anything);
        }
        flagLeft = Thread.currentThread().isInterrupted();
        CompletableFuture<?> unused = lent.whenComplete((lease, failure) -> {
            if (failure == null) {
                outcome.complete(lease);
            } else {
                outcome.completeExceptionally(failure instanceof CompletionException ? failure.getCause() : failure);
            }
        });
    }

    Entry entry() {
        return entry;
    }

    Duration timeout() {
        return timeout;
    }

    boolean isIn(Thread other) {
        return thread == other;
    }

    Call start() {
        thread.start();
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return outcome.isDone();
    }

    boolean isSuspendedBy(ManualTicker ticker) {
        return ticker.isAwaitedBy(thread);
    }

    /** Whether the thread's interrupt flag was set when the call came back. */
    boolean flagLeft() {
        return flagLeft;
    }

    /** What the call, which is done, was lent. */
    Optional<Lease<Resource>> lent() {
        return outcome.isCompletedExceptionally() ? Optional.empty() : outcome.join();
    }

    /** What the call, which is done, failed with, or null. */
    @Nullable
    Throwable failure() {
        return outcome.handle((lease, failure) -> failure).join();
    }

    @Override
    public String toString() {
        return thread.getName() + " " + entry.words + (isDone() ? "" : " (not done)");
    }
}
