package io.dewpond.impl;

import io.dewpond.Lease;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Waits for an object in the stead of a thread that has better things to do, in the same queue and under the same rules.
 * Nobody runs here; so what a thread at the head does for itself, others do for this one.
 *
 * <h2>It doesn't look</h2>
 *
 * While it is the head the pool is starving, from the first moment on, and each release hands over. What is idle all the
 * same, because somebody made it so before the starving showed, the {@link Exchange} fetches: it takes one idle object
 * under the lock and sends it to be inspected, which ends in an offer to whoever is the head then. It does so when such a
 * waiter becomes the head, after that is there for everybody to see; and for each release that went past the lock and
 * sees such a head afterwards. One of the two sees the other.
 *
 * <p>One at a time is enough. The object that was fetched serves the head, and then the next head is seen to; or it can't
 * be lent, and is condemned, and then the next is fetched; or its inspection hangs, and ends so. Only what borrowers have
 * taken who saw the pool before it was starving is not there to be fetched: so each look counts again what has to be made.
 *
 * <h2>It doesn't wake</h2>
 *
 * Its deadline is kept among the {@link Deadlines}. The maintenance is told to run at the first of them, and asks then
 * when to run for the next; one that joins ahead of the first tells it anew.
 *
 * <h2>It doesn't take its outcome</h2>
 *
 * That is settled under the lock, as any waiter's. After that a courier takes it to the future, for what depends on the
 * future is foreign code: neither the thread that released the object nor the one that keeps the time has a part in it.
 */
final class FutureWaiter<T> extends Waiter<T> {
    final CompletableFuture<Lease<T>> future = new CompletableFuture<>();
    private final Consumer<FutureWaiter<T>> courier;

    /** Guarded by the lock: tells it from others with the same deadline. */
    long number;

    FutureWaiter(long since, long deadline, @Nullable Throwable site, Consumer<FutureWaiter<T>> courier) {
        super(since, deadline, site);
        this.courier = courier;
    }

    @Override
    boolean looks() {
        return false;
    }

    @Override
    void wake() {
        courier.accept(this);
    }
}
