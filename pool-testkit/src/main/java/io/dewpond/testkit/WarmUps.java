package io.dewpond.testkit;

import io.dewpond.PoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Who wants to know when the spares of the {@link ReferencePool} are ready; guarded by the pool's lock. */
final class WarmUps {
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();

    CompletableFuture<Void> ask() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        asked.add(future);
        return future;
    }

    /** Completed elsewhere, for what depends on a future is foreign code. */
    void complete() {
        asked.forEach(future -> future.completeAsync(() -> null));
        asked.clear();
    }

    void fail(Supplier<PoolException> failure) {
        for (CompletableFuture<Void> future : asked) {
            CompletableFuture<?> unused = CompletableFuture.runAsync(() -> future.completeExceptionally(failure.get()));
        }
        asked.clear();
    }
}
