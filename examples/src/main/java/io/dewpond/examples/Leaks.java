package io.dewpond.examples;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import java.time.Duration;
import java.util.Optional;

/** Leaks on purpose, in each way there is, and shows what the pool says: {@code mvn -q -Dexample=Leaks}. */
public final class Leaks {
    private Leaks() {}

    /**
     * Leaks.
     *
     * @param args none
     * @throws InterruptedException never
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        try (Pool<StringBuilder> pool = open()) {
            holdForLong(pool, Duration.ofMillis(400));
            System.out.println(waitForItself(pool).getMessage());
            forget(pool);
            forget(pool);
            System.out.println("acquired again: " + findAgain(pool));
            System.out.println("lost: " + pool.stats().lost());
        }
    }

    static Pool<StringBuilder> open() {
        // snippet:watch
        PoolConfig<StringBuilder> config = PoolConfig.of(ObjectFactory.of(StringBuilder::new, builder -> {}))
                .name("buffers")
                .maxSize(2)
                .acquireTimeout(Duration.ofSeconds(1))
                .maintenanceInterval(Duration.ofMillis(100))
                .overdueAfter(Duration.ofMillis(200))
                .siteSampling(1);
        // end:watch
        return Pools.open(config);
    }

    static void holdForLong(Pool<StringBuilder> pool, Duration time) throws InterruptedException {
        try (Lease<StringBuilder> lease = pool.acquire()) {
            lease.get().append("held");
            Thread.sleep(time.toMillis());
        }
    }

    /** Takes all there is and asks for one more. */
    static AcquireTimeoutException waitForItself(Pool<StringBuilder> pool) throws InterruptedException {
        try (Lease<StringBuilder> first = pool.acquire();
                Lease<StringBuilder> second = pool.acquire();
                Lease<StringBuilder> third = pool.acquire(Duration.ofMillis(100))) {
            throw new AssertionError("three of two: " + first + second + third);
        } catch (AcquireTimeoutException failure) {
            return failure;
        }
    }

    /** Keeps the object, which does nobody any good, and loses the lease. */
    static String forget(Pool<StringBuilder> pool) throws InterruptedException {
        return pool.acquire().get().append("forgotten").toString();
    }

    /** Waits until what was lost has been collected, and its place is used again. */
    static boolean findAgain(Pool<StringBuilder> pool) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            System.gc();
            Optional<Boolean> fresh = tryFor(pool, Duration.ofMillis(200));
            if (fresh.isPresent()) {
                return fresh.get();
            }
        }
        return false;
    }

    private static Optional<Boolean> tryFor(Pool<StringBuilder> pool, Duration timeout) throws InterruptedException {
        try (Lease<StringBuilder> lease = pool.acquire(timeout)) {
            return Optional.of(lease.get().isEmpty());
        } catch (AcquireTimeoutException notYet) {
            return Optional.empty();
        }
    }

    // snippet:wrong
    static String lateReturn(Pool<StringBuilder> pool) throws InterruptedException {
        Lease<StringBuilder> lease = pool.acquire();
        String text = lease.get().append("work").toString(); // throws, and the lease is never ended
        lease.close();
        return text;
    }
    // end:wrong

    // snippet:right
    static String sureReturn(Pool<StringBuilder> pool) throws InterruptedException {
        try (Lease<StringBuilder> lease = pool.acquire()) {
            return lease.get().append("work").toString();
        }
    }
    // end:right

    // snippet:use
    static String shortest(Pool<StringBuilder> pool) throws InterruptedException {
        return pool.use(builder -> builder.append("work").toString());
    }
    // end:use

}
