package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.usedMoreThan;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import io.dewpond.impl.Pools;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A pool of processes: first the same work with a fresh process each time and with pooled ones, then what happens when
 * one of them dies.
 */
public final class ExpensiveResource {
    private static final int CLIENTS = 4;

    private ExpensiveResource() {}

    // snippet:config
    static PoolConfig<Worker> workers() {
        return PoolConfig.of(ObjectFactory.of(Worker::start, Worker::close))
                .name("workers")
                .maxSize(2)
                .minIdle(1)
                .validator(Worker::isAlive)
                .evictionPolicy(usedMoreThan(100_000));
    }
    // end:config

    // snippet:invalidate
    static boolean isPrime(Pool<Worker> pool, String number) throws IOException, InterruptedException {
        try (Lease<Worker> lease = pool.acquire()) {
            try {
                return lease.get().isPrime(number);
            } catch (IOException broken) {
                lease.invalidate(broken); // destroyed, not lent again
                throw broken;
            }
        }
    }
    // end:invalidate

    /**
     * Runs the example for about seven seconds.
     *
     * @param arguments none
     * @throws InterruptedException if the thread is interrupted
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        run(Duration.ofSeconds(3), System.out);
    }

    static void run(Duration time, PrintStream out) throws InterruptedException {
        out.printf("%d clients ask whether a number is prime. The answer comes from another process:%n", CLIENTS);
        Pool<Worker> pool = Pools.open(workers());
        try (pool) {
            Load.Result pooled = load("one of a pool of 2", time, () -> isPrime(pool, number()), out);
            Load.Result fresh = load("a fresh one for each question", time, ExpensiveResource::askAFreshOne, out);
            Report.begin(out, "answers/s", "processes")
                    .row(pooled, pool.stats().created())
                    .row(fresh, fresh.done() + fresh.failed())
                    .compare(pooled, fresh);
            killOne(pool, out);
        }
        PoolStats stats = pool.stats();
        out.printf("Processes of the pool: %d created, %d destroyed.%n", stats.created(), stats.destroyed());
    }

    private static Load.Result load(String name, Duration time, Load.Task task, PrintStream out)
            throws InterruptedException {
        return new Load(name, CLIENTS, time).run(Executors.newCachedThreadPool(), out, task);
    }

    private static void askAFreshOne() throws IOException {
        try (Worker worker = Worker.start()) {
            worker.isPrime(number());
        }
    }

    private static void killOne(Pool<Worker> pool, PrintStream out) throws InterruptedException {
        out.printf("%nNow a borrower asks something that kills its worker.%n");
        for (String question : List.of("sixty-one", "61")) {
            try {
                out.printf("  %s is prime: %s%n", question, isPrime(pool, question));
            } catch (IOException dead) {
                out.printf("  %s is prime? %s%n", question, dead.getMessage());
            }
        }
    }

    private static String number() {
        return new BigInteger(256, ThreadLocalRandom.current()).toString();
    }
}
