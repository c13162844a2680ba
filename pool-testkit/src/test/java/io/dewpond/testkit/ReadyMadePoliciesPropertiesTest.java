package io.dewpond.testkit;

import static io.dewpond.EvictionPolicy.idleBeyondMinimumLongerThan;
import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;
import static io.dewpond.EvictionPolicy.usedMoreThan;

import io.dewpond.EvictionPolicy;
import java.time.Duration;

/** Most of the ready-made policies at once, combined. */
class ReadyMadePoliciesPropertiesTest extends PolicyProperties<Object> {
    private static final Duration DAYS = Duration.ofDays(300);

    @Override
    protected EvictionPolicy<Object> policy() {
        return olderThan(DAYS, Duration.ofDays(30))
                .and(usedMoreThan(1000).or(idleLongerThan(DAYS)))
                .or(idleBeyondMinimumLongerThan(DAYS));
    }

    @Override
    protected Object object() {
        return "any";
    }
}
