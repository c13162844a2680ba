package io.dewpond.impl;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.FaultMatrix;

class SlotPoolFaultMatrixTest extends FaultMatrix {
    @Override
    protected <T> Pool<T> open(PoolConfig<T> config) {
        return Pools.open(config);
    }
}
