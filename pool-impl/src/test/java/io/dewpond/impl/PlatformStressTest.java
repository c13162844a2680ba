package io.dewpond.impl;

import io.dewpond.AdmissionPolicy;
import java.time.Duration;
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

    @Test
    @Tag("G61")
    void nothingIsLostWhileSomeAreShed() throws InterruptedException {
        new Stress(Thread::new, 24, AdmissionPolicy.codel(Duration.ofNanos(20_000), Duration.ofNanos(200_000))).run();
    }
}
