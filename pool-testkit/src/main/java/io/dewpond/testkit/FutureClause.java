package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.Lease;
import io.dewpond.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;

/** What the clauses about {@link io.dewpond.Pool#acquireAsync} share: futures that are looked after. */
abstract class FutureClause extends Clause {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final int RACES = 100;

    private final List<CompletableFuture<Lease<Resource>>> futures = new ArrayList<>();

    FutureClause(PoolContract contract) {
        super(contract);
    }

    @AfterEach
    void endFutures() {
        for (CompletableFuture<Lease<Resource>> future : futures) {
            if (!future.cancel(false) && !future.isCompletedExceptionally()) {
                future.join().close();
            }
        }
    }

    CompletableFuture<Lease<Resource>> later(Pool<Resource> pool, Duration timeout) {
        CompletableFuture<Lease<Resource>> future = pool.acquireAsync(timeout);
        futures.add(future);
        return future;
    }

    Lease<Resource> lease(CompletableFuture<Lease<Resource>> future) throws InterruptedException {
        try {
            return future.get(patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new AssertionError("nothing was lent", failure.getCause());
        } catch (TimeoutException tooLong) {
            throw new AssertionError("nothing is lent after " + patience(), tooLong);
        }
    }

    <X extends Throwable> X failure(CompletableFuture<?> future, Class<X> type) {
        Eventually.holds(patience(), future::isDone, () -> "the future isn't done");
        ExecutionException failure = assertThrows(ExecutionException.class, future::get, "lent, but was to fail");
        return assertInstanceOf(type, failure.getCause());
    }
}
