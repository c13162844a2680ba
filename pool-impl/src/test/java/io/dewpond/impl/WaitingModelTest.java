package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.impl.ModelPool.Item;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever the interleaving of those who wait for the one object of a pool with whoever releases it: each is served, or
 * leaves nothing behind. A thread that sleeps on though it should be woken shows as a deadlock.
 */
class WaitingModelTest {
    @Test
    void whoWaitsIsServedOrLeavesNothingBehind() {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(12))
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ModelPool.class.getName())
                        .methods("open", "assertAtRest")
                        .ignore())
                .check(Operations.class);
    }

    /** Each gives back what it got, so that nobody waits for ever. */
    public static class Operations {
        private static final Duration LONG = Duration.ofSeconds(1);
        private static final Duration GRACE = Duration.ofNanos(Exchange.GRACE_NANOS);

        private final ModelPool model = ModelPool.open(1);
        private @Nullable Thread interruptible;

        @Operation
        public void borrow() {
            borrowWithin(LONG);
        }

        @Operation
        public void borrowWithinTheGrace() {
            borrowWithin(GRACE);
        }

        @Operation
        public void letTheGracePass() {
            model.advance(GRACE);
        }

        @Operation
        public void cancelSoon() {
            CompletableFuture<Lease<Item>> future = model.pool.acquireAsync(LONG);
            if (!future.cancel(false)) {
                use(future.join());
            }
            model.workAll();
        }

        @Operation
        public void borrowInterruptibly() {
            interrupts(Thread.currentThread());
            borrowWithin(LONG);
            interrupts(null);
        }

        @Operation
        public synchronized void interrupt() {
            if (interruptible != null) {
                interruptible.interrupt();
            }
        }

        @Validate
        public void allIsIdleAndNobodyWaits() {
            model.workAll();
            model.assertAtRest();
        }

        /** Whom to interrupt; no interrupt outlasts that. */
        private synchronized void interrupts(@Nullable Thread thread) {
            interruptible = thread;
            Thread.interrupted();
        }

        private void borrowWithin(Duration time) {
            try {
                use(model.pool.acquire(time));
            } catch (AcquireTimeoutException late) {
                model.check(!time.equals(LONG), "out of time");
            } catch (InterruptedException asked) {
                model.check(time.equals(LONG), "interrupted by nobody");
            }
            model.workAll();
        }

        private void use(Lease<Item> lease) {
            Item item = lease.get();
            model.begin(item);
            model.end(item);
            lease.close();
        }
    }
}
