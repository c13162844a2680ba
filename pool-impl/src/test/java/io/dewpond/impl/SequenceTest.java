package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.LendingOrder;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of releases, at each moment at which another thread may come between. */
@Tag("G39")
class SequenceTest {
    private final SlotPool<Object> pool = new SlotPool<>(
            PoolConfig.of(ObjectFactory.of(Object::new, object -> {})).lendingOrder(LendingOrder.LIFO));
    private final Slots<Object> slots = new Slots<>(pool);
    private final Sequence<Object> sequence = new Sequence<>(LendingOrder.LIFO);

    private Slot<Object> idle(int index) {
        Slot<Object> slot = slots.all().get(index);
        long stay = slot.mustPass(slot.stay(), State.CREATING);
        stay = slot.mustPass(stay, State.MAINTENANCE);
        slot.fill("object " + index, 0);
        sequence.released(slot);
        slot.mustPass(stay, State.IDLE);
        return slot;
    }

    @Test
    void emptyPoolHasNothingToLend() {
        slots.extendTo(3);
        assertNull(sequence.lease(slots));
    }

    @Test
    void newestIsLentFirstAndEachOnce() {
        slots.extendTo(3);
        List<Slot<Object>> released = List.of(idle(2), idle(0), idle(1));
        for (int i = 2; i >= 0; i--) {
            Taken<Object> taken = sequence.lease(slots);
            assertSame(released.get(i), taken.slot());
            assertEquals(State.LEASED, taken.slot().state());
            assertEquals(taken.stay(), taken.slot().stay());
        }
        assertNull(sequence.lease(slots));
    }

    @Test
    void rankIsTrueOfTheStayThatItWasReadIn() {
        slots.extendTo(1);
        Slot<Object> slot = idle(0);
        long first = slot.stay();
        assertEquals(1, slot.rankIn(first));
        long leased = slot.tryLease();
        assertEquals(Slot.LOST, slot.rankIn(first));
        assertEquals(Slot.LOST, slot.rankIn(leased));
        sequence.released(slot);
        slot.mustPass(leased, State.IDLE);
        assertEquals(Slot.LOST, slot.rankIn(first));
        assertEquals(2, slot.rankIn(slot.stay()));
    }
}
