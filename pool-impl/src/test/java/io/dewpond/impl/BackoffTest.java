package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

@Tag("G24")
class BackoffTest {
    @Property(tries = 200)
    void delayIsDrawnBelowABoundThatDoublesUpToTheMost(@ForAll @IntRange(min = 1, max = 70) int failures) {
        Backoff backoff = new Backoff(100, 1_000);
        IntStream.range(0, failures).forEach(i -> backoff.failed(5_000, 0));
        long bound = failures < 5 ? 100L << (failures - 1) : 1_000;
        long delay = backoff.retryAt() - 5_000;
        assertTrue(delay >= 0 && delay <= bound, () -> delay + " after " + failures);
        assertEquals(delay > 0, backoff.blocks(5_000));
        assertFalse(backoff.blocks(backoff.retryAt()));
    }

    @Example
    void delaysAreSpread() {
        long distinct = IntStream.range(0, 100)
                .mapToLong(i -> {
                    Backoff backoff = new Backoff(1_000_000, 1_000_000);
                    backoff.failed(0, 0);
                    return backoff.retryAt();
                })
                .distinct()
                .count();
        assertTrue(distinct > 90, () -> distinct + " different delays of 100");
    }

    @Example
    void noneOfSeveralFailuresShortensTheDelayThatAnotherAskedFor() {
        Backoff backoff = new Backoff(1, 1);
        backoff.failed(0, 1_000);
        backoff.failed(5, 0);
        assertEquals(1_000, backoff.retryAt());
        backoff.failed(10, 2_000);
        assertEquals(2_010, backoff.retryAt());
        backoff.succeeded();
        backoff.failed(20, 0);
        assertTrue(backoff.retryAt() <= 21);
    }

    @Example
    void successEndsIt() {
        Backoff backoff = new Backoff(100, 1_000);
        IntStream.range(0, 10).forEach(i -> backoff.failed(0, 0));
        backoff.succeeded();
        assertFalse(backoff.blocks(0));
        backoff.failed(0, 0);
        assertTrue(backoff.retryAt() <= 100);
    }
}
