package io.dewpond.benchmarks.conformance;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that race with a case, kept because a new one would come too late. */
final class Rivals {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("rival").factory());

    private Rivals() {}

    static <T> Future<T> submit(Callable<T> action) {
        return THREADS.submit(action);
    }
}
