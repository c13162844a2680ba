package io.dewpond.testkit;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** What several threads do to one pool at the same time. */
final class ConcurrentProgram {
    /** One thing that one thread does. */
    enum Op {
        USE,
        USE_FOR_A_WHILE,
        USE_AND_CLOSE_TWICE,
        USE_AND_INVALIDATE,
        USE_AND_DETACH,
        TRY,
        ACQUIRE_WITHOUT_WAITING,
        ACQUIRE_WITH_LITTLE_TIME,
        ACQUIRE_INTERRUPTED,
        EVICT_IDLE,
        REFRESH,
        SHRINK,
        GROW,
        SUSPEND_FOR_A_WHILE
    }

    private static final Duration LITTLE_TIME = Duration.ofNanos(200_000);

    private final Pool<Resource> pool;
    private final ScriptedFactory factory;
    private final Duration patience;

    ConcurrentProgram(Pool<Resource> pool, ScriptedFactory factory, Duration patience) {
        this.pool = pool;
        this.factory = factory;
        this.patience = patience;
    }

    void run(List<List<Op>> threads) throws Exception {
        Race.between(threads.stream()
                .map(ops -> Race.run(() -> ops.forEach(this::run)))
                .toArray(Callable<?>[]::new));
    }

    private void run(Op op) {
        try {
            perform(op);
        } catch (InterruptedException unexpected) {
            throw new AssertionError("nobody interrupted this thread", unexpected);
        }
    }

    private void perform(Op op) throws InterruptedException {
        switch (op) {
            case USE -> take().close();
            case USE_FOR_A_WHILE -> {
                CheckedLease lease = take();
                LockSupport.parkNanos(100_000);
                lease.close();
            }
            case USE_AND_CLOSE_TWICE -> {
                CheckedLease lease = take();
                lease.close();
                lease.close();
            }
            case USE_AND_INVALIDATE -> take().invalidate(null);
            case USE_AND_DETACH -> {
                CheckedLease lease = take();
                factory.forget(lease.resource());
                lease.detach();
            }
            case TRY -> {
                Optional<Lease<Resource>> lease = pool.tryAcquire();
                lease.ifPresent(present -> new CheckedLease(present).close());
            }
            case ACQUIRE_WITHOUT_WAITING -> acquireInTime(Duration.ZERO);
            case ACQUIRE_WITH_LITTLE_TIME -> acquireInTime(LITTLE_TIME);
            case ACQUIRE_INTERRUPTED -> acquireInterrupted();
            case EVICT_IDLE -> pool.control().evictIdle();
            case REFRESH -> {
                CompletableFuture<Void> unused = pool.control().refresh();
            }
            case SHRINK -> pool.control().resize(0, 1);
            case SUSPEND_FOR_A_WHILE -> {
                pool.control().suspend();
                LockSupport.parkNanos(100_000);
                pool.control().resume(); // whoever suspends last resumes after that
            }
            case GROW -> pool.control().resize(1, pool.config().maxSize());
        }
    }

    /** A good pool always serves: all hold for a moment only, and the factory heals. */
    private CheckedLease take() throws InterruptedException {
        return new CheckedLease(pool.acquire(patience));
    }

    private void acquireInTime(Duration timeout) throws InterruptedException {
        CheckedLease lease;
        try {
            lease = new CheckedLease(pool.acquire(timeout));
        } catch (AcquireTimeoutException allowed) {
            return;
        }
        lease.close();
    }

    private void acquireInterrupted() {
        Thread.currentThread().interrupt();
        try {
            pool.acquire(patience).close();
        } catch (InterruptedException expected) {
            return;
        }
        throw new AssertionError("an acquire ignored the interrupt: " + Thread.interrupted());
    }
}
