package io.dewpond.impl;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** See {@link Stress}. */
class PlatformStressTest {
    @Test
    @Tag("G2")
    @Tag("G5")
    @Tag("G10")
    @Tag("G13")
    @Tag("G15")
    @Tag("G20")
    @Tag("G27")
    @Tag("G46")
    void nothingIsLostOnPlatformThreads() throws InterruptedException {
        new Stress(Thread::new, 12).run();
    }
}
