package io.dewpond.testkit;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;

class ReferenceKeyedPoolContractTest extends KeyedPoolContract {
    @Override
    protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
        return ReferenceKeyedPool.open(config);
    }

    @Override
    protected String threadPrefix() {
        return "reference-";
    }
}
