package io.dewpond.impl;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class VirtualCrowdTest {
    @Test
    @Tag("G8")
    void thousandVirtualThreadsOnTenObjectsAreServedEvenly() throws InterruptedException {
        Crowding.on(1_000, 10, task -> Thread.ofVirtual().unstarted(task)).isServedEvenly();
    }
}
