package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final SlotPool<String> POOL =
            new SlotPool<>(PoolConfig.of(ObjectFactory.of(() -> "object", object -> {})));

    private static final Map<State, Set<State>> LEGAL = Map.of(
            State.EMPTY, EnumSet.of(State.CREATING),
            State.CREATING, EnumSet.of(State.MAINTENANCE, State.EMPTY),
            State.IDLE, EnumSet.of(State.LEASED, State.MAINTENANCE),
            State.LEASED, EnumSet.of(State.IDLE, State.MAINTENANCE),
            State.MAINTENANCE, EnumSet.of(State.IDLE, State.LEASED, State.MAINTENANCE, State.EMPTY));

    @Property
    void wordTellsStateAndGeneration(@ForAll State state, @ForAll int generation) {
        long word = state.withGeneration(generation & 0xffff_ffffL);
        assertEquals(state, State.of(word));
        assertEquals(generation & 0xffff_ffffL, word >>> 3);
    }

    @Property
    void onlyLegalTransitionsPass(@ForAll State from, @ForAll State to) {
        assertEquals(LEGAL.get(from).contains(to), from.mayBecome(to));
    }

    @Test
    void aStayEndsOnce() {
        Slot<String> slot = new Slot<>(POOL, 0);
        long empty = slot.stay();
        long creating = slot.pass(empty, State.CREATING);
        assertEquals(Slot.LOST, slot.pass(empty, State.CREATING));
        long given = slot.pass(creating, State.EMPTY);
        assertEquals(Slot.LOST, slot.pass(creating, State.MAINTENANCE));
        assertEquals(State.EMPTY, slot.state());
        assertNotEquals(empty, given, "no stay comes back");
        assertThrows(AssertionError.class, () -> slot.pass(given, State.LEASED));
        assertThrows(AssertionError.class, () -> slot.mustPass(empty, State.CREATING));
    }

    @Test
    void objectIsAboutToGoATenthOfItsAgeAheadTenSecondsAtMost() {
        Slot<String> slot = idle();
        assertEquals(0, sight(slot, 0).soon().ageNanos());
        assertEquals(1_100, sight(slot, 1_000).soon().ageNanos());
        assertEquals(1_010_000_000_000L, sight(slot, 1_000_000_000_000L).soon().ageNanos());
    }

    @Test
    void objectMayGoOnceTheWordOfItsPolicyIsAboutToEnd() {
        Slot<String> slot = idle();
        slot.foresee(slot.stay(), 100_000, 0);
        assertFalse(slot.mayGo(90_000));
        assertTrue(slot.mayGo(91_000));
    }

    @Test
    void wordOfThePolicyHoldsForTheStayItWasGivenIn() {
        Slot<String> slot = idle();
        slot.foresee(slot.stay(), 100_000, 0);
        assertTrue(slot.putBack(slot.tryLease(), 1));
        assertTrue(slot.mayGo(2));
    }

    @Test
    void idleObjectIsTakenOnceAndPutBackOnce() {
        Slot<String> slot = idle();
        long leased = slot.tryLease();
        assertEquals(State.LEASED, slot.state());
        assertEquals(Slot.LOST, slot.tryLease());
        assertEquals(Slot.LOST, slot.tryTake());
        assertTrue(slot.putBack(leased, 1));
        assertFalse(slot.putBack(leased, 2));
        assertEquals(1, slot.touchedAt(), "who came too late writes nothing");
        long again = slot.tryLease();
        assertFalse(slot.putBack(leased, 3), "the lease of another");
        assertNull(slot.objectIn(leased));
        assertEquals("object", slot.objectIn(again));
    }

    @Test
    void leaseIsSeenWhenItHasBeenGivenAndUntilItEnds() {
        Slot<String> slot = idle();
        long leased = slot.tryLease();
        assertNull(slot.holding(), "not given yet");
        slot.lend(leased, Thread.currentThread(), 5, null);
        Holding<String> held = slot.holding();
        assertNotNull(held);
        assertEquals(Thread.currentThread(), held.borrower());
        assertEquals(5, held.since());
        slot.putBack(leased, 6);
        assertNull(slot.holding());
        slot.tryLease();
        assertNull(slot.holding(), "the next isn't given yet, and the last is over");
    }

    private static Slot<String> idle() {
        Slot<String> slot = new Slot<>(POOL, 0);
        long creating = slot.mustPass(slot.stay(), State.CREATING);
        slot.fill("object", 0);
        slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE);
        return slot;
    }

    private static Sighting<String> sight(Slot<String> slot, long now) {
        Sighting<String> seen = slot.sight(now);
        assertNotNull(seen);
        return seen;
    }
}
