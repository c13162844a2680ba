package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Stub;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.vibur.objectpool.ConcurrentPool;
import org.vibur.objectpool.PoolObjectFactory;
import org.vibur.objectpool.util.ConcurrentLinkedDequeCollection;

/** Vibur's object pool, fair and last in first out: what its JDBC pool is made of by default. */
final class ViburContestant implements Contestant<Stub> {
    private final ConcurrentPool<Stub> pool;
    private final long timeoutNanos;

    ViburContestant(Settings settings) {
        pool = new ConcurrentPool<>(
                new ConcurrentLinkedDequeCollection<>(), new Stubs(), settings.size(), settings.size(), true);
        timeoutNanos = settings.timeout().toNanos();
    }

    @Override
    public Stub acquire() throws TimeoutException {
        @Nullable Stub stub = pool.tryTake(timeoutNanos, TimeUnit.NANOSECONDS);
        if (stub == null) {
            throw new TimeoutException();
        }
        return stub;
    }

    @Override
    public void release(Stub stub) {
        pool.restore(stub);
    }

    @Override
    public Object lent(Stub stub) {
        return stub;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Stubs implements PoolObjectFactory<Stub> {
        @Override
        public Stub create() {
            return new Stub();
        }

        @Override
        public boolean readyToTake(Stub stub) {
            return true;
        }

        @Override
        public boolean readyToRestore(Stub stub) {
            return true;
        }

        @Override
        public void destroy(Stub stub) {
            stub.destroy();
        }
    }
}
