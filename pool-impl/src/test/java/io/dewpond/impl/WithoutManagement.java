package io.dewpond.impl;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;

/** Run in a machine of its own that has no {@code java.management}: says what becomes of a pool there. */
final class WithoutManagement {
    private WithoutManagement() {}

    public static void main(String[] args) throws InterruptedException {
        PoolConfig<String> config =
                PoolConfig.of(ObjectFactory.of(() -> "thing", thing -> {})).name("managed");
        try (Pool<String> pool = Pools.open(config);
                Lease<String> lease = pool.acquire()) {
            System.out.println("lent: " + lease.get());
        }
        try (Pool<String> pool = Pools.open(config.registerMXBean(true))) {
            System.out.println("opened " + pool);
        } catch (IllegalStateException refusal) {
            System.out.println(refusal.getMessage());
        }
    }
}
