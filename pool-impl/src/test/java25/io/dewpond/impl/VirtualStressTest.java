package io.dewpond.impl;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** See {@link Stress}. */
class VirtualStressTest {
    @Test
    @Tag("G2")
    @Tag("G5")
    @Tag("G10")
    @Tag("G13")
    @Tag("G15")
    @Tag("G20")
    @Tag("G27")
    @Tag("G46")
    void nothingIsLostOnVirtualThreads() throws InterruptedException {
        new Stress(Thread.ofVirtual().factory(), 200).run();
    }
}
