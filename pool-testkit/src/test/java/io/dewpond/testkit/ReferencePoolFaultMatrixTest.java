package io.dewpond.testkit;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;

// snippet:matrix
final class ReferencePoolFaultMatrixTest extends FaultMatrix {
    @Override
    protected <T> Pool<T> open(PoolConfig<T> config) {
        return ReferencePool.open(config);
    }

    @Override
    protected String threadPrefix() {
        return "reference-";
    }
}
// end:matrix
