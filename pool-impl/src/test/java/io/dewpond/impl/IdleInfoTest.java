package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.testkit.FixedObjectInfo;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleInfoTest {
    @Test
    void tellsTheReadingsAndCountsOnceAndOnlyWhenAsked() {
        AtomicInteger counts = new AtomicInteger();
        IdleInfo info = new IdleInfo(new FixedObjectInfo(6, 5, 4, 3, 0.25, 2, 1), () -> -counts.incrementAndGet());
        assertEquals(6, info.ageNanos());
        assertEquals(5, info.idleNanos());
        assertEquals(4, info.sinceValidationNanos());
        assertEquals(3, info.leases());
        assertEquals(0.25, info.jitter());
        assertEquals(2, info.timeLentNanos());
        assertEquals(0, counts.get());
        assertEquals(0, info.idleBeyondMinimum(), "there may be fewer than the minimum");
        assertEquals(0, info.idleBeyondMinimum());
        assertEquals(1, counts.get());
    }
}
