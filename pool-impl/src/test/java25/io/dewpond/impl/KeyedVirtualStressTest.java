package io.dewpond.impl;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** See {@link KeyedStress}. */
class KeyedVirtualStressTest {
    @Test
    @Tag("G63")
    @Tag("G65")
    @Tag("G66")
    void everythingAtOnceOverManyKeysOnVirtualThreads() throws InterruptedException {
        new KeyedStress(Thread.ofVirtual().factory(), 100).run();
    }
}
