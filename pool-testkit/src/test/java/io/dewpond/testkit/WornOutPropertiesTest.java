package io.dewpond.testkit;

import io.dewpond.EvictionPolicy;

// snippet:properties
class WornOutPropertiesTest extends PolicyProperties<Object> {
    @Override
    protected EvictionPolicy<Object> policy() {
        return (object, info) -> info.leases() > 1_000 || info.age().toHours() >= 6;
    }

    @Override
    protected Object object() {
        return "any";
    }
}
// end:properties
