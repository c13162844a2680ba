package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final Map<State, Set<State>> LEGAL = Map.of(
            State.EMPTY, EnumSet.of(State.CREATING),
            State.CREATING, EnumSet.of(State.MAINTENANCE, State.EMPTY),
            State.IDLE, EnumSet.of(State.MAINTENANCE),
            State.LEASED, EnumSet.of(State.MAINTENANCE),
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
        Slot<String> slot = new Slot<>(0);
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
        Slot<String> slot = new Slot<>(0);
        slot.fill("object", 0);
        assertEquals(0, slot.sight(0).soon().ageNanos());
        assertEquals(1_100, slot.sight(1_000).soon().ageNanos());
        assertEquals(1_010_000_000_000L, slot.sight(1_000_000_000_000L).soon().ageNanos());
    }
}
