package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The object comes between the waiter's last look at the time, which is over, or at its flag, and its leaving the queue. */
class GrantAtTheDeadlineTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final AtomicReference<Runnable> beforeTheTimeIsRead = new AtomicReference<>();
    private volatile Thread waiting;
    private final AtomicLong now = new AtomicLong();
    private final SlotPool<Object> pool = new SlotPool<>(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
            .maxSize(1)
            .ticker(new Hooked()));

    @BeforeEach
    void openPool() {
        pool.start();
    }

    @AfterEach
    void closePool() {
        pool.control().shutdown(Duration.ZERO).join();
    }

    @Test
    @Tag("G10")
    void objectThatIsGrantedInTheLastInstantIsUsed() throws Exception {
        Lease<Object> held = pool.acquire(TIMEOUT);
        FutureTask<Lease<Object>> acquire = starve();
        beforeTheTimeIsRead.set(() -> {
            held.close();
            now.addAndGet(TIMEOUT.toNanos());
        });
        Lease<Object> granted = acquire.get();
        assertEquals(0, pool.stats().timedOut());
        assertEquals(1, pool.stats().leased());
        granted.close();
        assertEquals(1, pool.stats().idle());
    }

    @Test
    @Tag("G9")
    void objectThatIsGrantedInTheInstantOfAnInterruptIsGivenOn() throws Exception {
        Lease<Object> held = pool.acquire(TIMEOUT);
        FutureTask<Lease<Object>> acquire = starve();
        beforeTheTimeIsRead.set(() -> {
            Thread.currentThread().interrupt();
            beforeTheTimeIsRead.set(held::close); // the time is read once more when the interrupt is seen
        });
        ExecutionException failure = assertThrows(ExecutionException.class, acquire::get);
        assertInstanceOf(InterruptedException.class, failure.getCause());
        assertEquals(0, pool.stats().leased());
        assertEquals(1, pool.stats().idle());
    }

    /** Has a thread wait that a release hands its object to. */
    private FutureTask<Lease<Object>> starve() {
        FutureTask<Lease<Object>> acquire = new FutureTask<>(() -> pool.acquire(TIMEOUT));
        waiting = new Thread(acquire, "waiting");
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> pool.stats().waiting() == 1);
        now.addAndGet(2 * Exchange.GRACE_NANOS);
        await().until(pool::isStarving);
        return acquire;
    }

    /** Its time stands still but for what is done with it, and whoever waits looks at it again and again. */
    private final class Hooked implements Ticker {
        @Override
        public long nanoTime() {
            Runnable hook = Thread.currentThread() == waiting ? beforeTheTimeIsRead.getAndSet(null) : null;
            if (hook != null) {
                hook.run();
            }
            return now.get();
        }

        @Override
        public void parkUntil(Object blocker, long deadline) {
            LockSupport.parkNanos(blocker, 1_000_000);
        }
    }
}
