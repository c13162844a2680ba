package io.dewpond.examples;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What an operator does to a pool while it runs. */
final class Operations {
    private Operations() {}

    /** Moves the pool's connections to another server while nobody works with the old one. */
    static <T> CompletableFuture<Void> moveTo(ObjectFactory<T> other, Pool<T> pool, Runnable switchOver) {
        // snippet:move
        pool.control().suspend(); // leases end in peace, nobody gets a new one; whoever acquires waits
        switchOver.run();
        CompletableFuture<Void> oldOnesGone = pool.control().replaceFactory(other);
        pool.control().resume(); // those who waited are served, in their order
        // end:move
        return oldOnesGone;
    }

    static String picture(Pool<?> pool) {
        // snippet:describe
        String picture = pool.control().describe().toString();
        // end:describe
        return picture;
    }

    static void end(Pool<?> pool) {
        // snippet:shutdown
        pool.control().shutdown(Duration.ofSeconds(30)).join();
        // end:shutdown
    }
}
