package io.dewpond.impl;

import io.dewpond.KeyedFactory;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.PoolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Does everything to a keyed pool at once, at random, over more keys than there is room for, and counts in the factory. The
 * watchdog is in the borrowers: an acquire that comes back much later than its deadline has missed a wake-up, and whoever waits
 * with patience for longer than anything takes here is starving.
 *
 * <p>The system properties {@code stress.seconds} and {@code stress.seed} set length and seed.
 */
final class KeyedStress implements KeyedFactory<Integer, KeyedStress.Thing> {
    private static final int MAX_TOTAL = 6;
    private static final int MAX_OF_A_KEY = 3;
    private static final int KEYS = 12;
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long seed = Long.getLong("stress.seed", System.nanoTime());
    private final Duration length = Duration.ofSeconds(Integer.getInteger("stress.seconds", 3));
    private final ThreadFactory threads;
    private final int borrowers;
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final ConcurrentMap<Integer, AtomicInteger> takenOf = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong served = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    KeyedStress(ThreadFactory threads, int borrowers) {
        this.threads = threads;
        this.borrowers = borrowers;
    }

    /** What is lent. */
    static final class Thing {
        final AtomicBoolean lent = new AtomicBoolean();
    }

    @Override
    public Thing create(Integer key) throws Exception {
        take(key);
        int number = made.incrementAndGet();
        if (number % 9 == 0) {
            giveBack(key);
            throw new Exception("no object");
        }
        if (number % 11 == 0) {
            LockSupport.parkNanos(2_000_000);
        }
        return new Thing();
    }

    @Override
    public void destroy(Integer key, Thing thing) {
        check(!thing.lent.get(), "destroyed while lent");
        giveBack(key);
        if (made.get() % 5 == 0) {
            throw new IllegalStateException("destroyed, but not gladly");
        }
    }

    private void take(Integer key) {
        check(taken.incrementAndGet() <= MAX_TOTAL, "more than the total");
        int mine = takenOf.computeIfAbsent(key, k -> new AtomicInteger()).incrementAndGet();
        check(mine <= MAX_OF_A_KEY, "more than a key's maximum");
    }

    private void giveBack(Integer key) {
        taken.decrementAndGet();
        AtomicInteger mine = takenOf.get(key);
        check(mine != null && mine.decrementAndGet() >= 0, "destroyed more than was made");
    }

    void run() throws InterruptedException {
        KeyedPool<Integer, Thing> pool = Pools.openKeyed(KeyedPoolConfig.of(this)
                .name("stress")
                .maxTotal(MAX_TOTAL)
                .perKey(key -> key.maxSize(MAX_OF_A_KEY)
                        .retryDelay(Duration.ofMillis(1))
                        .maxRetryDelay(Duration.ofMillis(2))));
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < borrowers; i++) {
            Random random = new Random(seed + i);
            Thread thread = threads.newThread(() -> borrow(pool, random));
            crowd.add(thread);
            thread.start();
        }
        LockSupport.parkNanos(length.toNanos());
        over.set(true);
        for (Thread thread : crowd) {
            thread.join(PATIENT.toMillis() * 2);
            check(!thread.isAlive(), "a borrower doesn't come back: " + pool.stats());
        }
        Awaitility.await("nothing is left of any key").atMost(PATIENT).until(() -> {
            pool.evictIdle(); // each time: a creation may be under way still, or a lease that nobody wanted
            return pool.keys().isEmpty();
        });
        KeyedPoolStats stats = pool.stats();
        check(stats.created() == stats.destroyed() + stats.detached(), "the books don't balance: " + stats);
        pool.close();
        check(taken.get() == 0, taken + " objects are left");
        check(served.get() > borrowers, "hardly anybody was served: " + served);
        Throwable failure = failures.poll();
        if (failure != null) {
            throw new AssertionError("seed " + seed + ", " + failures.size() + " more; " + stats, failure);
        }
    }

    private void borrow(KeyedPool<Integer, Thing> pool, Random random) {
        while (!over.get()) {
            int key = random.nextInt(random.nextInt(KEYS) + 1); // some keys are busier than others
            try {
                Lease<Thing> lease = acquire(pool, key, random);
                if (lease != null) {
                    use(key, lease, random);
                }
            } catch (InterruptedException e) {
                check(false, "interrupted by nobody");
            } catch (Throwable anything) {
                failures.add(anything);
                return;
            }
        }
    }

    private @Nullable Lease<Thing> acquire(KeyedPool<Integer, Thing> pool, int key, Random random) throws Exception {
        return switch (random.nextInt(8)) {
            case 0 -> pool.tryAcquire(key).orElse(null);
            case 1 -> impatient(pool, key);
            case 2 -> pool.acquireAsync(key, PATIENT).get(PATIENT.toSeconds(), TimeUnit.SECONDS);
            case 3 -> fickle(pool.acquireAsync(key, PATIENT));
            default -> pool.acquire(key, PATIENT);
        };
    }

    /** Asks, and gives up at once; there may be a lease all the same. */
    private static @Nullable Lease<Thing> fickle(CompletableFuture<Lease<Thing>> future) throws Exception {
        return future.cancel(false) ? null : future.get();
    }

    private @Nullable Lease<Thing> impatient(KeyedPool<Integer, Thing> pool, int key) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return pool.acquire(key, Duration.ofMillis(1));
        } catch (PoolException late) {
            check(System.nanoTime() - start < LATE_NANOS, "much later than the deadline");
            return null;
        }
    }

    private void use(int key, Lease<Thing> lease, Random random) {
        Thing thing = lease.get();
        check(thing.lent.compareAndSet(false, true), "lent twice");
        if (random.nextInt(3) == 0) {
            LockSupport.parkNanos(1_000);
        }
        served.incrementAndGet();
        check(thing.lent.compareAndSet(true, false), "taken back twice");
        switch (random.nextInt(12)) {
            case 0 -> lease.invalidate(null);
            case 1 -> {
                // Its room is free as soon as it is detached, so it must be off the books before that.
                giveBack(key);
                Thing unused = lease.detach();
            }
            default -> lease.close();
        }
    }

    private void check(boolean condition, String wrong) {
        if (!condition) {
            failures.add(new AssertionError(wrong));
        }
    }
}
