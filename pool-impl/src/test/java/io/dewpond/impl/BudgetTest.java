package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.testkit.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BudgetTest {
    /** Where readings of the time overflow. */
    private static final long NOW =
            new ManualTicker().nanoTime() + Duration.ofSeconds(30).toNanos() - 1;

    private final Budget budget = new Budget(1);
    private final Allowance holder = allowance(0);
    private final Allowance a = allowance(1);
    private final Allowance b = allowance(2);

    private Allowance allowance(long number) {
        return new Allowance(budget, passing -> {}, number);
    }

    private void lacks(Allowance pool, int waiters, int spares, long since) {
        assertEquals(List.of(), budget.settle(pool, waiters, spares, since).served());
    }

    @Test
    @Tag("G63")
    void thereAreNoMorePermitsThanThereAre() {
        assertTrue(budget.take(holder));
        assertFalse(budget.take(a));
        budget.give(holder, false);
        assertTrue(budget.take(a));
        assertFalse(budget.take(b));
    }

    @Test
    @Tag("G65")
    void permitIsReservedForWhoeverHasWaitedLongest() {
        budget.take(holder);
        lacks(b, 1, 0, NOW + 5);
        lacks(a, 1, 0, NOW);
        assertEquals(List.of(a), budget.give(holder, false).served());
        assertFalse(budget.take(holder), "it is another's");
        assertTrue(budget.take(a));
    }

    @Test
    @Tag("G65")
    void whoHasBeenServedStandsBehindOthersUntilItHasSaidSinceWhenItsNextOneWaits() {
        budget.take(holder);
        lacks(a, 2, 0, NOW);
        lacks(b, 1, 0, NOW + 1);
        assertEquals(List.of(a), budget.give(holder, false).served());
        assertTrue(budget.take(a));
        lacks(a, 1, 0, NOW + 2);
        assertEquals(List.of(b), budget.give(a, false).served());
    }

    @Test
    @Tag("G65")
    void sparesComeAfterWaitersHoweverYoung() {
        budget.take(holder);
        lacks(a, 0, 1, NOW - 10);
        lacks(b, 1, 0, NOW);
        assertEquals(List.of(b), budget.give(holder, false).served());
    }

    @Test
    @Tag("G65")
    void whatIsReservedAndNotNeededGoesOn() {
        budget.take(holder);
        lacks(a, 1, 0, NOW);
        lacks(b, 1, 0, NOW + 1);
        budget.give(holder, false);
        assertEquals(List.of(b), budget.settle(a, 0, 0, 0).served());
        assertTrue(budget.take(b));
    }

    @Test
    @Tag("G65")
    void whatIsReservedCountsForWaitersFirstAndThenForSpares() {
        budget.take(holder);
        lacks(a, 1, 1, NOW);
        assertEquals(List.of(a), budget.give(holder, false).served());
        lacks(a, 1, 1, NOW); // before it has taken what is reserved for it
        assertTrue(budget.take(a));
        assertEquals(List.of(a), budget.give(a, false).served(), "it lacked the spare still");
        lacks(a, 0, 1, NOW);
        assertTrue(budget.take(a));
        assertEquals(List.of(), budget.give(a, false).served(), "it had its spare");
    }

    @Test
    @Tag("G65")
    void whatIsReservedGoesOnThoughItWasAskedForOnceMore() {
        budget.take(holder);
        says(a, 1, 0);
        budget.give(holder, false);
        says(a, 1, 0);
        says(a, 0, 0);
        assertTrue(budget.take(b));
    }

    @Test
    @Tag("G65")
    void whoLacksNoSpareAnyMoreIsPassedOver() {
        budget.take(holder);
        says(a, 0, 1);
        says(a, 0, 0);
        assertEquals(List.of(), budget.give(holder, false).served());
    }

    /** As at the end of a step, where who isn't known to lack anything may say nothing. */
    private static void says(Allowance pool, int waiters, int spares) {
        pool.settle(waiters, spares, NOW, new After());
    }

    @Test
    @Tag("G65")
    void whoAsksWhenAPermitHasJustComeFreeIsServed() {
        budget.take(holder);
        assertFalse(budget.take(a));
        budget.give(holder, false); // before a has said that it lacks one
        assertEquals(List.of(a), budget.settle(a, 1, 0, NOW).served());
    }

    @Test
    @Tag("G65")
    void whoLacksNothingAnyMoreIsPassedOver() {
        budget.take(holder);
        lacks(a, 1, 0, NOW);
        lacks(a, 0, 0, 0);
        assertEquals(List.of(), budget.give(holder, false).served());
        assertTrue(budget.take(b));
    }

    @Test
    @Tag("G65")
    void noMoreMakesRoomThanThoseWhoWaitWant() {
        budget.take(holder);
        assertFalse(budget.beginYield(false));
        assertTrue(budget.settle(a, 1, 0, NOW).presses());
        assertTrue(budget.isPressed());
        assertTrue(budget.beginYield(false));
        assertFalse(budget.isPressed());
        assertFalse(budget.beginYield(false));
        assertEquals(List.of(a), budget.give(holder, true).served());
        assertFalse(budget.isPressed());
    }

    @Test
    @Tag("G65")
    void claimThatCameToNothingPressesAgain() {
        budget.take(holder);
        budget.settle(a, 1, 0, NOW);
        budget.beginYield(false);
        budget.cancelYield();
        assertTrue(budget.isPressed());
    }

    @Test
    @Tag("G65")
    void sparesMakeNobodyGiveRoom() {
        budget.take(holder);
        assertFalse(budget.settle(a, 0, 1, NOW).presses());
        assertFalse(budget.beginYield(false));
    }

    @Test
    @Tag("G65")
    void keyWithNothingMayHaveWhatYoungerWaitersOfAnotherWant() {
        budget.take(holder);
        budget.settle(a, 1, 0, NOW);
        assertFalse(budget.beginYieldBefore(NOW - 1));
        assertFalse(budget.beginYieldBefore(NOW), "neither is younger");
        assertTrue(budget.beginYieldBefore(NOW + 1));
        assertFalse(budget.beginYieldBefore(NOW + 1), "one is enough");
    }

    @Test
    @Tag("G65")
    void keyThatHasSomethingWaitsForItsOwn() {
        Budget two = new Budget(2);
        Allowance rich = new Allowance(two, passing -> {}, 0);
        Allowance busy = new Allowance(two, passing -> {}, 1);
        two.take(rich);
        two.take(busy);
        two.settle(rich, 1, 0, NOW);
        assertFalse(two.beginYieldBefore(NOW + 1));
        two.give(rich, false);
        assertFalse(two.beginYieldBefore(NOW + 1), "it is served now");
    }

    @Test
    @Tag("G65")
    void roomForABorrowerWhoDoesNotWaitIsMadeOnce() {
        budget.take(holder);
        assertTrue(budget.beginYield(true));
        assertFalse(budget.beginYield(true));
        budget.give(holder, true);
        assertFalse(budget.beginYield(true), "there is room");
    }
}
