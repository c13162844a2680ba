package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.impl.ModelPool.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever borrowers, an operator and the pool's own threads do to each other: no object is lent twice, and when all have
 * given back what they had, all is idle and nobody waits.
 */
class PoolModelTest {
    @Test
    void poolOfOneKeepsItsPromises() {
        check(One.class);
    }

    @Test
    void poolOfTwoKeepsItsPromises() {
        check(Two.class);
    }

    private static void check(Class<?> operations) {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(6))
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(0)
                .verifier(EpsilonVerifier.class)
                // Nobody else is there yet when the pool is opened, nor when it is judged: nothing to interleave.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ModelPool.class.getName())
                        .methods("open", "workAll", "assertAtRest")
                        .ignore())
                .check(operations);
    }

    /** A pool of one. */
    public static class One extends Operations {
        public One() {
            super(1);
        }
    }

    /** A pool of two. */
    public static class Two extends Operations {
        public Two() {
            super(2);
        }
    }

    /** What one may do with a pool without waiting. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "size", gen = IntGen.class, conf = "1:2")
    public abstract static class Operations {
        private final ModelPool model;
        private final Deque<Lease<Item>>[] leases;
        private final Deque<CompletableFuture<Lease<Item>>>[] futures;

        @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of nothing but deques
        Operations(int size) {
            model = ModelPool.open(size);
            leases = new Deque[] {new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>()};
            futures = new Deque[] {new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>()};
        }

        @Operation
        public boolean tryAcquire(@Param(name = "thread") int thread) {
            Lease<Item> lease = model.pool.tryAcquire().orElse(null);
            return lease != null && hold(thread, lease);
        }

        @Operation
        public boolean acquireWithoutWaiting(@Param(name = "thread") int thread) throws InterruptedException {
            try {
                return hold(thread, model.pool.acquire(Duration.ZERO));
            } catch (AcquireTimeoutException nothing) {
                return false;
            }
        }

        @Operation
        public void acquireAsync(@Param(name = "thread") int thread) {
            futures[thread].add(model.pool.acquireAsync(Duration.ofSeconds(1)));
        }

        @Operation
        public boolean cancel(@Param(name = "thread") int thread) {
            CompletableFuture<Lease<Item>> future = futures[thread].poll();
            return future != null && (future.cancel(false) || hold(thread, future.join()));
        }

        @Operation
        public boolean release(@Param(name = "thread") int thread) {
            Lease<Item> lease = letGo(thread);
            if (lease != null) {
                lease.close();
            }
            return lease != null;
        }

        @Operation
        public boolean releaseTwice(@Param(name = "thread") int thread) {
            Lease<Item> lease = letGo(thread);
            if (lease != null) {
                lease.close();
                lease.close();
            }
            return lease != null;
        }

        @Operation
        public boolean invalidate(@Param(name = "thread") int thread) {
            Lease<Item> lease = letGo(thread);
            if (lease != null) {
                lease.invalidate(null);
            }
            return lease != null;
        }

        @Operation
        public void resize(@Param(name = "size") int size) {
            model.pool.control().resize(0, size);
        }

        @Operation
        public boolean work() {
            return model.work();
        }

        /** First all is given back that is held, or comes yet. */
        @Validate
        public void allIsIdleOnceAllIsReleased() {
            boolean more = true;
            while (more) {
                model.workAll();
                more = false;
                for (int thread = 0; thread < leases.length; thread++) {
                    CompletableFuture<Lease<Item>> future = futures[thread].peek();
                    if (future != null && future.isDone()) {
                        futures[thread].remove();
                        hold(thread, future.join());
                    }
                    more |= release(thread);
                }
            }
            model.assertAtRest();
        }

        private boolean hold(int thread, Lease<Item> lease) {
            model.begin(lease.get());
            leases[thread].add(lease);
            return true;
        }

        private @Nullable Lease<Item> letGo(int thread) {
            Lease<Item> lease = leases[thread].poll();
            if (lease != null) {
                model.end(lease.get());
            }
            return lease;
        }
    }
}
