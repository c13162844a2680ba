package io.dewpond.examples;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A number of clients, each a thread, that do the same again and again for a while, and how it went.
 *
 * @param name what the measured way is called
 * @param clients how many threads
 * @param time how long; what has begun by then is done to its end, and counts
 */
record Load(String name, int clients, Duration time) {
    /** One piece of work, such as a transfer. */
    interface Task {
        void run() throws Exception;
    }

    /** The kinds of threads that the JDK has which runs this; it may be newer than the one these sources need. */
    static Map<String, Supplier<ExecutorService>> kindsOfThreads() {
        Map<String, Supplier<ExecutorService>> kinds = new LinkedHashMap<>();
        kinds.put("platform threads", Executors::newCachedThreadPool);
        try {
            Method virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            kinds.put("virtual threads", () -> (ExecutorService) invoke(virtual));
        } catch (NoSuchMethodException olderThan21) {
            return kinds;
        }
        return kinds;
    }

    private static Object invoke(Method method) {
        try {
            return method.invoke(null);
        } catch (ReflectiveOperationException bug) {
            throw new IllegalStateException("bug: can't start threads", bug);
        }
    }

    /** Runs the load and says once a second how far it has come. Closes the threads. */
    Result run(ExecutorService threads, PrintStream out, Task task) throws InterruptedException {
        LongAdder done = new LongAdder();
        List<Future<Client>> running = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            Client client = new Client();
            running.add(threads.submit(() -> client.work(task, start + time.toNanos(), done)));
        }
        threads.shutdown();
        while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
            progress(out, System.nanoTime() - start, done.sum());
        }
        long took = System.nanoTime() - start;
        progress(out, took, done.sum());
        return Result.of(
                name, Duration.ofNanos(took), running.stream().map(Load::ended).toList());
    }

    private void progress(PrintStream out, long nanos, long done) {
        out.printf(Locale.ROOT, "  %-38s %5.1f s %,10d done%n", name, nanos / 1e9, done);
    }

    private static Client ended(Future<Client> client) {
        try {
            return client.get(0, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException bug) {
            throw new IllegalStateException("bug: a client ended badly", bug);
        }
    }

    /** What one thread did. */
    static final class Client {
        private long[] latencies = new long[1024];
        private int done;
        private int failed;
        private @Nullable Exception lastFailure;

        Client work(Task task, long end, LongAdder total) {
            for (long begin = System.nanoTime(); begin - end < 0; begin = System.nanoTime()) {
                try {
                    task.run();
                    done(System.nanoTime() - begin);
                    total.increment();
                } catch (Exception failure) {
                    failed++;
                    lastFailure = failure;
                }
            }
            return this;
        }

        private void done(long latency) {
            if (done == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * done);
            }
            latencies[done++] = latency;
        }
    }

    /** How a load went. A failed task counts as failed and nowhere else. */
    static final class Result {
        private final String name;
        private final Duration took;
        private final long[] latencies;
        private final long failed;
        private final @Nullable Exception lastFailure;

        private Result(String name, Duration took, long[] latencies, long failed, @Nullable Exception lastFailure) {
            this.name = name;
            this.took = took;
            this.latencies = latencies;
            this.failed = failed;
            this.lastFailure = lastFailure;
            Arrays.sort(latencies);
        }

        /** What clients did at the same time. */
        static Result of(String name, Duration took, List<Client> clients) {
            return new Result(
                    name,
                    took,
                    clients.stream()
                            .flatMapToLong(client -> Arrays.stream(client.latencies, 0, client.done))
                            .toArray(),
                    clients.stream().mapToLong(client -> client.failed).sum(),
                    last(clients.stream().map(client -> client.lastFailure)));
        }

        /** What was done one after the other, by the same name. */
        static Result sum(List<Result> results) {
            return new Result(
                    results.get(0).name,
                    results.stream().map(result -> result.took).reduce(Duration.ZERO, Duration::plus),
                    results.stream()
                            .flatMapToLong(result -> Arrays.stream(result.latencies))
                            .toArray(),
                    results.stream().mapToLong(result -> result.failed).sum(),
                    last(results.stream().map(result -> result.lastFailure)));
        }

        private static @Nullable Exception last(Stream<@Nullable Exception> failures) {
            return failures.filter(failure -> failure != null).findAny().orElse(null);
        }

        String name() {
            return name;
        }

        long done() {
            return latencies.length;
        }

        long failed() {
            return failed;
        }

        @Nullable
        Exception lastFailure() {
            return lastFailure;
        }

        double perSecond() {
            return latencies.length * 1e9 / took.toNanos();
        }

        /** The time, in milliseconds, within which that share of the tasks was done. */
        double millis(double share) {
            int last = latencies.length - 1;
            return last < 0 ? Double.NaN : latencies[(int) Math.round(share * last)] / 1e6;
        }
    }
}
