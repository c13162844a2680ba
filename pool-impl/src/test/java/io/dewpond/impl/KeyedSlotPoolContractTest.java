package io.dewpond.impl;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.testkit.KeyedPoolContract;

class KeyedSlotPoolContractTest extends KeyedPoolContract {
    @Override
    protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
        return Pools.openKeyed(config);
    }
}
