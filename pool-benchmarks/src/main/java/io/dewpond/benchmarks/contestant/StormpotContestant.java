package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Stub;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import stormpot.Allocator;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolBuilder;
import stormpot.Poolable;
import stormpot.Slot;
import stormpot.Timeout;

/** Stormpot, as it comes or with its expiry switched off. */
final class StormpotContestant implements Contestant<StormpotContestant.Pot> {
    private final Pool<Pot> pool;
    private final Timeout timeout;

    StormpotContestant(Settings settings, boolean expiry) {
        PoolBuilder<Pot> builder = Pool.from(new Pots()).setSize(settings.size());
        if (!expiry) {
            builder.setExpiration(Expiration.never());
        }
        pool = builder.build();
        timeout = new Timeout(settings.timeout());
    }

    @Override
    public Pot acquire() throws Exception {
        @Nullable Pot pot = pool.claim(timeout);
        if (pot == null) {
            throw new TimeoutException();
        }
        return pot;
    }

    @Override
    public void release(Pot pot) {
        pot.release();
    }

    @Override
    public Object lent(Pot pot) {
        return pot;
    }

    @Override
    public void close() throws InterruptedException {
        pool.shutdown().await(new Timeout(Duration.ofSeconds(5)));
    }

    /** A stub that knows its slot. */
    static final class Pot extends Stub implements Poolable {
        private final Slot slot;

        Pot(Slot slot) {
            this.slot = slot;
        }

        @Override
        public void release() {
            slot.release(this);
        }
    }

    private static final class Pots implements Allocator<Pot> {
        @Override
        public Pot allocate(Slot slot) {
            return new Pot(slot);
        }

        @Override
        public void deallocate(Pot pot) {
            pot.destroy();
        }
    }
}
