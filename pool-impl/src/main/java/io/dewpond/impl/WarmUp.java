package io.dewpond.impl;

import io.dewpond.CreationFailedException;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the spares: the thread that opens the pool, and whoever has a future of it. Belongs to the lock of the
 * {@link Exchange}.
 *
 * <p>While there is a future the {@link Beacon} shows it, and so each release goes through the lock, where it is noticed that
 * the spares are complete; one that went past the lock because it looked before has made its object idle before it looks
 * again, and who asks for a future has shown that before the idle are counted. So one of the two sees the other.
 */
final class WarmUp<T> {
    private final String name;
    private final boolean failFast;
    private final Terms<T> terms;
    private final Places<T> places;
    private final Errands<T> errands;

    private @Nullable Thread opener;
    /** One for all who ask until it is complete. */
    private @Nullable CompletableFuture<Void> asked;

    WarmUp(PoolConfig<T> config, Terms<T> terms, Places<T> places, Errands<T> errands) {
        name = config.name();
        failFast = config.failFast();
        this.terms = terms;
        this.places = places;
        this.errands = errands;
    }

    /** Registers the thread to be unparked when it is worth looking again. */
    void register(@Nullable Thread thread) {
        opener = thread;
    }

    boolean isWarm() {
        return places.idle(terms.minIdle, false) >= terms.minIdle;
    }

    /** What is completed when the spares are ready. Has to be shown, and then looked for with {@link #signal}. */
    CompletableFuture<Void> ask() {
        CompletableFuture<Void> future = asked;
        if (future == null) {
            future = new CompletableFuture<>();
            asked = future;
            terms.warming = true;
        }
        return future;
    }

    /** An object may have become idle, or fewer are needed, or the pool was closed. */
    void signal(After after) {
        wakeOpener(after);
        CompletableFuture<Void> future = asked;
        if (future != null && terms.closed) {
            end();
            after.add(() -> errands.fail(future, new PoolClosedException(name)));
        } else if (future != null && isWarm()) {
            end();
            after.add(() -> errands.complete(future));
        }
    }

    /** A creation has failed. */
    void failed(Throwable cause, After after) {
        wakeOpener(after);
        CompletableFuture<Void> future = asked;
        if (future != null && failFast) {
            end();
            PoolException failure = new CreationFailedException(name, cause);
            after.add(() -> errands.fail(future, failure));
        }
    }

    private void end() {
        asked = null;
        terms.warming = false;
    }

    private void wakeOpener(After after) {
        Thread thread = opener;
        if (thread != null) {
            after.add(() -> LockSupport.unpark(thread));
        }
    }
}
