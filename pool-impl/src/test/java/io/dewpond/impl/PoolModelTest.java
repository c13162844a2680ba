package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.impl.ModelPool.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
 * given back what they had, all is idle and nobody waits. Each of these knows few operations, so that the checker soon
 * comes by the few programs in which they can hurt each other.
 */
class PoolModelTest {
    @Test
    void leaseThatIsClosedByTwoEndsOnce() {
        check(Closing.class, 15);
    }

    @Test
    void poolThatIsResizedWhileObjectsComeBackIsOfThatSize() {
        check(Resizing.class, 6);
    }

    @Test
    void objectForAFutureThatIsCancelledGoesToTheNext() {
        check(Cancelling.class, 4);
    }

    @Test
    void objectThatIsInvalidatedIsReplaced() {
        check(Invalidating.class, 3);
    }

    private static void check(Class<?> operations, int programs) {
        new ModelCheckingOptions()
                .iterations(Interleavings.programs(programs))
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

    /** One object, whose lease others close as well. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Closing extends Borrowing {
        /** What each thread released last: others may close it once more, at any moment. */
        private final AtomicReferenceArray<Lease<Item>> released = new AtomicReferenceArray<>(3);

        public Closing() {
            super(1);
        }

        @Operation
        public boolean releaseLate(@Param(name = "thread") int thread) {
            boolean any = false;
            for (int other = 0; other < released.length(); other++) {
                Lease<Item> anothers = other == thread ? null : released.get(other);
                if (anothers != null) {
                    anothers.close();
                    any = true;
                }
            }
            return any;
        }

        @Override
        void aboutToEnd(int thread, Lease<Item> lease) {
            released.set(thread, lease);
        }
    }

    /** Two objects, or one. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    @Param(name = "size", gen = IntGen.class, conf = "1:2")
    public static class Resizing extends Borrowing {
        public Resizing() {
            super(2);
        }

        @Operation
        public void resize(@Param(name = "size") int size) {
            model.pool.control().resize(0, size);
        }
    }

    /** One object, for which futures wait that may be cancelled. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Cancelling extends Borrowing {
        public Cancelling() {
            super(1);
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
        public boolean work() {
            return model.work();
        }
    }

    /** One object, which may be found bad, and borrowers who don't wait for its successor. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public static class Invalidating extends Borrowing {
        public Invalidating() {
            super(1);
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
        public boolean invalidate(@Param(name = "thread") int thread) {
            Lease<Item> lease = letGo(thread);
            if (lease != null) {
                lease.invalidate(null);
            }
            return lease != null;
        }

        @Operation
        public boolean work() {
            return model.work();
        }
    }

    /** What all of them do. */
    @Param(name = "thread", gen = ThreadIdGen.class)
    public abstract static class Borrowing {
        final ModelPool model;
        final Deque<CompletableFuture<Lease<Item>>>[] futures;
        private final Deque<Lease<Item>>[] leases;

        @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of nothing but deques
        Borrowing(int size) {
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
        public boolean release(@Param(name = "thread") int thread) {
            Lease<Item> lease = letGo(thread);
            if (lease != null) {
                lease.close();
            }
            return lease != null;
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

        /** A thread is about to end its lease. */
        void aboutToEnd(int thread, Lease<Item> lease) {}

        final boolean hold(int thread, Lease<Item> lease) {
            model.begin(lease.get());
            leases[thread].add(lease);
            return true;
        }

        final @Nullable Lease<Item> letGo(int thread) {
            Lease<Item> lease = leases[thread].poll();
            if (lease != null) {
                model.end(lease.get());
                aboutToEnd(thread, lease);
            }
            return lease;
        }
    }
}
