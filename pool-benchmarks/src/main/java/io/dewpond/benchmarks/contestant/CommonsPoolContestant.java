package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Stub;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Apache Commons Pool. */
final class CommonsPoolContestant implements Contestant<Stub> {
    private final GenericObjectPool<Stub> pool = new GenericObjectPool<>(new Stubs());

    CommonsPoolContestant(Settings settings) throws Exception {
        pool.setMaxTotal(settings.size());
        pool.setMaxIdle(settings.size());
        pool.setMinIdle(settings.size());
        pool.setMaxWait(settings.timeout());
        pool.preparePool();
    }

    @Override
    public Stub acquire() throws Exception {
        return pool.borrowObject();
    }

    @Override
    public void release(Stub stub) {
        pool.returnObject(stub);
    }

    @Override
    public Object lent(Stub stub) {
        return stub;
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Stubs extends BasePooledObjectFactory<Stub> {
        @Override
        public Stub create() {
            return new Stub();
        }

        @Override
        public PooledObject<Stub> wrap(Stub stub) {
            return new DefaultPooledObject<>(stub);
        }

        @Override
        public void destroyObject(PooledObject<Stub> pooled) {
            pooled.getObject().destroy();
        }
    }
}
