package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Delays are drawn at random; that a half of the range is never drawn here happens once in 2^64 runs. */
class BackoffGrowthTest {
    private static final int DRAWS = 64;

    @Test
    void eachFailureMayDoubleTheDelay() {
        for (int failures = 2; failures <= 4; failures++) {
            long before = 100L << (failures - 2);
            long longest = delays(100, 1_000, failures).max().orElseThrow();
            assertTrue(longest > before, longest + " after " + failures);
        }
    }

    @Test
    void delayIsAnythingFromNothingToTheBoundItself() {
        assertEquals(2, delays(1, 1, 1).distinct().count());
    }

    private static LongStream delays(long first, long most, int failures) {
        return LongStream.range(0, DRAWS).map(draw -> {
            Backoff backoff = new Backoff(first, most);
            for (int i = 0; i < failures; i++) {
                backoff.failed(0, 0);
            }
            return backoff.retryAt();
        });
    }
}
