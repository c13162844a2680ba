package io.dewpond.impl;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeyedPlatformStressTest {
    @Test
    @Tag("G63")
    @Tag("G65")
    @Tag("G66")
    void everythingAtOnceOverManyKeysOnPlatformThreads() throws InterruptedException {
        new KeyedStress(Thread::new, 16).run();
    }
}
