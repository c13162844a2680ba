package io.dewpond.impl.regression;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The interrupt that was meant for a creation met the destruction of the object that it made too late. */
class LateObjectIsDestroyedInterruptedTest {
    private final CountDownLatch hang = new CountDownLatch(1);
    private final BlockingQueue<Boolean> interrupts = new LinkedBlockingQueue<>();

    @Test
    @Tag("G25")
    void lateObjectIsDestroyedInAThreadThatNobodyInterrupts() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(this::createDeafly, this::destroy))
                .ticker(ticker)
                .maxSize(1)
                .createTimeout(Duration.ofSeconds(1));
        try (Pool<Object> pool = Pools.open(config)) {
            pool.tryAcquire();
            Awaitility.await().until(() -> pool.stats().creating() == 1);
            Awaitility.await().until(() -> {
                ticker.advance(Duration.ofSeconds(1));
                return pool.stats().abandoned() == 1;
            });
            hang.countDown();
            assertFalse(interrupts.poll(30, TimeUnit.SECONDS));
        }
    }

    private Object createDeafly() {
        boolean interrupted = false;
        while (hang.getCount() > 0) {
            try {
                hang.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Object();
    }

    private void destroy(Object object) {
        interrupts.add(Thread.currentThread().isInterrupted());
    }
}
