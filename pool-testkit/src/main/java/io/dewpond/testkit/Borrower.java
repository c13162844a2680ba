package io.dewpond.testkit;

import io.dewpond.Lease;
import io.dewpond.Pool;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that acquires once. Nobody waits for it longer than the patience. */
final class Borrower {
    private final Thread thread;
    private final Duration patience;
    private final CompletableFuture<CheckedLease> outcome = new CompletableFuture<>();
    private volatile boolean flagLeft;

    Borrower(Pool<Resource> pool, Duration timeout, Duration patience, String name, boolean interrupted) {
        this(() -> pool.acquire(timeout), patience, name, interrupted);
    }

    Borrower(Callable<Lease<Resource>> acquire, Duration patience, String name, boolean interrupted) {
        this.patience = patience;
        thread = new Thread(() -> borrow(acquire, interrupted), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void borrow(Callable<Lease<Resource>> acquire, boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            CheckedLease lease = new CheckedLease(acquire.call());
            flagLeft = Thread.currentThread().isInterrupted();
            outcome.complete(lease);
        } catch (Throwable failure) {
            flagLeft = Thread.currentThread().isInterrupted();
            outcome.completeExceptionally(failure);
        }
    }

    /** What was lent; fails if nothing is. */
    CheckedLease lease() throws InterruptedException {
        try {
            return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("nothing was lent", failure.getCause());
        } catch (TimeoutException tooLong) {
            throw new AssertionError("nothing is lent after " + patience, tooLong);
        }
    }

    /** How the acquire failed; fails if it didn't. */
    <X extends Throwable> X failure(Class<X> type) throws InterruptedException {
        try {
            CheckedLease lease = outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            throw new AssertionError("lent " + lease.resource() + ", but was to fail with " + type.getSimpleName());
        } catch (ExecutionException failure) {
            if (!type.isInstance(failure.getCause())) {
                throw new AssertionError("not a " + type.getSimpleName(), failure.getCause());
            }
            return type.cast(failure.getCause());
        } catch (TimeoutException tooLong) {
            throw new AssertionError("no end of the acquire after " + patience, tooLong);
        }
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Whether the acquire ended with a lease. */
    boolean isServed() {
        return outcome.isDone() && !outcome.isCompletedExceptionally();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Whether the thread's interrupt flag was set when the acquire had ended. */
    boolean flagLeft() {
        return flagLeft;
    }

    /** Ends the wait, if it lasts, and the lease, if there is one. */
    void finish() throws InterruptedException {
        thread.interrupt();
        thread.join(patience.toMillis());
        if (isServed()) {
            outcome.join().close();
        }
    }
}
