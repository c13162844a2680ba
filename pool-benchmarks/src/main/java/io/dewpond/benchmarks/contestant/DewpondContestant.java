package io.dewpond.benchmarks.contestant;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.benchmarks.stub.Stub;
import io.dewpond.impl.Pools;

/** Dewpond, by its public types alone. */
final class DewpondContestant implements Contestant<Lease<Stub>> {
    private final Pool<Stub> pool;

    DewpondContestant(Settings settings) {
        pool = Pools.open(PoolConfig.of(ObjectFactory.of(Stub::new, Stub::destroy))
                .maxSize(settings.size())
                .minIdle(settings.size())
                .acquireTimeout(settings.timeout()));
    }

    @Override
    public Lease<Stub> acquire() throws InterruptedException {
        return pool.acquire();
    }

    @Override
    public void release(Lease<Stub> lease) {
        lease.close();
    }

    @Override
    public Object lent(Lease<Stub> lease) {
        return lease.get();
    }

    @Override
    public void close() {
        pool.close();
    }
}
