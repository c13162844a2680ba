package io.dewpond.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ArithmeticTest {
    private static final double EXACT = 1e-12;

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertEquals(3, Arithmetic.median(9, 1, 3), EXACT);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertEquals(4, Arithmetic.median(9, 1, 3, 5), EXACT);
    }

    @Test
    void medianLeavesItsArgumentsInOrder() {
        double[] values = {9, 1, 3};
        Arithmetic.median(values);
        assertEquals(9, values[0], EXACT);
    }

    @Test
    void halfRangeIsHalfTheWayFromLeastToMost() {
        assertEquals(4, Arithmetic.halfRange(9, 1, 3), EXACT);
        assertEquals(0, Arithmetic.halfRange(7), EXACT);
    }

    @Test
    void jainIsOneWhenAllGotTheSame() {
        assertEquals(1, Arithmetic.jain(5, 5, 5, 5), EXACT);
    }

    @Test
    void jainIsOneInNWhenOneGotEverything() {
        assertEquals(0.25, Arithmetic.jain(0, 8, 0, 0), EXACT);
    }

    @Test
    void jainOfUnequalSharesLiesBetween() {
        // (1 + 3)² / (2 · (1 + 9))
        assertEquals(0.8, Arithmetic.jain(1, 3), EXACT);
    }

    @Test
    void fairTurnIsTheTimeToServeEachThreadOnce() {
        // 500 a second: 1,000 threads are through in two seconds.
        assertEquals(2.0, Arithmetic.fairTurn(1_000, 2_500, 5.0), EXACT);
    }

    @Test
    void leastShareIsTheLeastOverTheMean() {
        assertEquals(0.5, Arithmetic.leastShare(2, 4, 6), EXACT);
        assertEquals(0, Arithmetic.leastShare(0, 4), EXACT);
    }
}
