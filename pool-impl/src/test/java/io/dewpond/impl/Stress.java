package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AdmissionPolicy;
import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Does everything to a pool at once, at random, and keeps books of its own about each object. The watchdog is in the
 * borrowers: an acquire that comes back much later than its deadline has missed a wake-up.
 *
 * <p>Reproducible as far as threads allow: the seed of a run stands in every message. The system properties {@code
 * stress.seconds} and {@code stress.seed} set length and seed.
 */
final class Stress {
    private static final int MAX = 6;
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long seed = Long.getLong("stress.seed", System.nanoTime());
    private final Duration length = Duration.ofSeconds(Integer.getInteger("stress.seconds", 3));
    private final ThreadFactory threads;
    private final int borrowers;
    private final AdmissionPolicy admission;

    private final Set<Thing> alive = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger detached = new AtomicInteger();
    private final AtomicLong served = new AtomicLong();
    /** Futures that nobody has seen complete yet. */
    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicBoolean over = new AtomicBoolean();

    Stress(ThreadFactory threads, int borrowers) {
        this(threads, borrowers, AdmissionPolicy.none());
    }

    Stress(ThreadFactory threads, int borrowers, AdmissionPolicy admission) {
        this.threads = threads;
        this.borrowers = borrowers;
        this.admission = admission;
    }

    /** What is lent; notices whoever breaks a rule. */
    private final class Thing {
        private final AtomicBoolean lent = new AtomicBoolean();
        private final AtomicBoolean destroyed = new AtomicBoolean();
        /** Which factory made it. */
        private final int factory;

        /** Plain on purpose: only a pool that orders release before acquire keeps it right. */
        private long uses;

        private final AtomicLong usesCounted = new AtomicLong();

        Thing(int factory) {
            this.factory = factory;
        }

        void use(Random random) {
            check(lent.compareAndSet(false, true), "lent twice");
            check(!destroyed.get(), "lent after its destruction");
            check(++uses == usesCounted.incrementAndGet(), "the last borrower's write is not visible");
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(1_000);
            }
            check(lent.compareAndSet(true, false), "taken back twice");
        }

        void destroy() {
            check(!lent.get(), "destroyed while lent");
            check(destroyed.compareAndSet(false, true), "destroyed twice");
            alive.remove(this);
        }
    }

    private ObjectFactory<Thing> factory(int number) {
        return ObjectFactory.of(() -> make(number), thing -> destroy(thing, number));
    }

    private @Nullable Thing make(int factory) throws Exception {
        int number = made.incrementAndGet();
        if (number % 7 == 0) {
            if (number % 2 == 0) {
                throw new Exception("no object");
            }
            throw new Error("no object at all");
        }
        if (number % 11 == 0) {
            LockSupport.parkNanos(3_000_000);
        }
        if (number % 13 == 0) {
            return null;
        }
        Thing thing = new Thing(factory);
        alive.add(thing);
        return thing;
    }

    private void destroy(Thing thing, int factory) {
        check(thing.factory == factory, "destroyed by another factory");
        thing.destroy();
        if (made.get() % 5 == 0) {
            throw new IllegalStateException("destroyed, but not gladly");
        }
    }

    void run() throws InterruptedException {
        Random chance = new Random(seed);
        AtomicInteger releases = new AtomicInteger();
        PoolConfig<Thing> config = PoolConfig.of(factory(0))
                .name("stress")
                .admission(admission)
                .maxSize(MAX)
                .minIdle(1)
                .createTimeout(Duration.ofSeconds(2))
                .retryDelay(Duration.ofMillis(1))
                .maxRetryDelay(Duration.ofMillis(4))
                .maintenanceInterval(Duration.ofMillis(2))
                .validator(thing -> releases.get() % 17 != 0)
                .validateAfterIdle(Duration.ofMillis(1))
                .validateEvery(Duration.ofMillis(3))
                .resetter(thing -> {
                    if (releases.incrementAndGet() % 23 == 0) {
                        throw new IllegalStateException("can't be reset");
                    }
                })
                .evictionPolicy(
                        EvictionPolicy.usedMoreThan(200).or(EvictionPolicy.idleLongerThan(Duration.ofMillis(5))));
        Pool<Thing> pool = Pools.open(config);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < borrowers; i++) {
            long mine = chance.nextLong();
            started.add(threads.newThread(() -> guarded(() -> borrow(pool, new Random(mine)))));
        }
        Thread operator = threads.newThread(() -> guarded(() -> operate(pool, new Random(seed), started)));
        started.forEach(Thread::start);
        operator.start();
        operator.join();
        over.set(true);
        for (Thread thread : started) {
            thread.join(TimeUnit.SECONDS.toMillis(30));
            check(!thread.isAlive(), "a borrower never came back: " + pool.stats());
        }
        settle(pool);
    }

    private void settle(Pool<Thing> pool) {
        Awaitility.await(message("the pool comes to rest")).until(() -> {
            PoolStats stats = pool.stats();
            return pending.get() == 0 && stats.leased() == 0 && stats.waiting() == 0 && stats.inMaintenance() == 0;
        });
        pool.close();
        PoolStats stats = pool.stats();
        assertEquals(0, stats.total(), message(stats.toString()));
        assertEquals(stats.created(), stats.destroyed() + stats.detached(), message(stats.toString()));
        assertEquals(detached.get(), stats.detached(), message(stats.toString()));
        Awaitility.await(message("every object is destroyed")).until(alive::isEmpty);
        assertTrue(failures.isEmpty(), () -> message(failures.toString()));
        assertTrue(served.get() > 100, () -> message("served only " + served));
    }

    private void borrow(Pool<Thing> pool, Random random) {
        while (!over.get()) {
            Duration timeout = Duration.ofNanos(random.nextInt(3_000_000));
            long began = System.nanoTime();
            try {
                Lease<Thing> lease = acquire(pool, timeout, random);
                if (lease != null) {
                    served.incrementAndGet();
                    lease.get().use(random);
                    end(lease, random);
                }
            } catch (InterruptedException | PoolException expected) {
                // The operator interrupted, or time was up: what counts is that nothing is lost by it.
            }
            long took = System.nanoTime() - began;
            check(took < timeout.toNanos() + LATE_NANOS, "an acquire took " + took / 1_000_000 + " ms");
        }
    }

    private @Nullable Lease<Thing> acquire(Pool<Thing> pool, Duration timeout, Random random)
            throws InterruptedException {
        return switch (random.nextInt(10)) {
            case 0, 1 -> pool.tryAcquire().orElse(null);
            case 2, 3, 4 -> await(pool.acquireAsync(timeout), random);
            case 5 -> {
                acquireLater(pool, timeout, random.nextLong());
                yield null;
            }
            default -> pool.acquire(timeout);
        };
    }

    /** Waits for the future, or cancels it at some moment: then it isn't complete, or is with a lease that has to end. */
    private @Nullable Lease<Thing> await(CompletableFuture<Lease<Thing>> future, Random random)
            throws InterruptedException {
        try {
            if (random.nextBoolean()) {
                return future.get();
            }
            return future.get(random.nextInt(500_000), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            check(failure.getCause() instanceof PoolException, "failed with " + failure.getCause());
            return null;
        } catch (TimeoutException | InterruptedException givenUp) {
            if (givenUp instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return future.cancel(false) || future.isCompletedExceptionally() ? null : future.join();
        }
    }

    /** Has the courier use the object and end the lease. */
    private void acquireLater(Pool<Thing> pool, Duration timeout, long seed) {
        pending.incrementAndGet();
        CompletableFuture<?> unused = pool.acquireAsync(timeout).handle((lease, failure) -> {
            guarded(() -> {
                pending.decrementAndGet();
                if (lease != null) {
                    Random random = new Random(seed);
                    served.incrementAndGet();
                    lease.get().use(random);
                    end(lease, random);
                }
            });
            return null;
        });
    }

    private void end(Lease<Thing> lease, Random random) {
        switch (random.nextInt(40)) {
            case 0 -> lease.invalidate(null);
            case 1 -> {
                Thing mine = lease.detach();
                detached.incrementAndGet();
                mine.destroy();
            }
            case 2 -> {
                Thread rival = threads.newThread(lease::close);
                rival.start();
                lease.close();
            }
            default -> {
                lease.close();
                lease.close();
            }
        }
    }

    private void operate(Pool<Thing> pool, Random random, List<Thread> borrowing) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        CompletableFuture<Void> unused;
        int factories = 0;
        while (System.nanoTime() - end < 0) {
            switch (random.nextInt(11)) {
                case 0 -> pool.control().resize(0, random.nextInt(MAX + 1));
                case 1 -> pool.control().evictIdle();
                case 2 -> unused = pool.control().refresh();
                case 3 -> pool.control().resize(random.nextInt(3), MAX);
                case 4 -> pool.control().suspend();
                case 7 -> unused = pool.control().replaceFactory(factory(++factories));
                case 5, 6 -> pool.control().resume();
                default -> borrowing.get(random.nextInt(borrowing.size())).interrupt();
            }
            PoolStats stats = pool.stats();
            check(stats.total() <= MAX, "too many: " + stats);
            LockSupport.parkNanos(random.nextInt(2_000_000));
        }
        pool.control().resize(1, MAX);
        pool.control().resume();
    }

    private interface Body {
        void run() throws Exception;
    }

    private void guarded(Body body) {
        try {
            body.run();
        } catch (Throwable thrown) {
            failures.add(thrown);
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            failures.add(new AssertionError(message(otherwise)));
        }
    }

    private String message(String what) {
        return what + " (seed " + seed + ")";
    }
}
