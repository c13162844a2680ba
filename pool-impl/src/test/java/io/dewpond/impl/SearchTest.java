package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search for idle objects leaves behind, so that the next one is short. */
class SearchTest {
    private final Slots<Object> slots =
            new Slots<>(new SlotPool<>(PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))));

    @Test
    void searchClearsTheBitsOfAllButTheFirstEightThatItPassesBy() {
        fill(100);
        slots.all().forEach(Slot::tryLease);
        assertNull(slots.nextIdle(0));
        List<Integer> hidden = slots.all().stream()
                .filter(slot -> slot.hidden)
                .map(slot -> slot.index)
                .toList();
        assertEquals(92, hidden.size());
        assertEquals(8, hidden.get(0));
    }

    @Test
    void searchPassesByWhatIsIdleUntilItsBitIsSetAgain() {
        fill(100);
        slots.all().forEach(Slot::tryLease);
        assertNull(slots.nextIdle(0));
        for (int index : new int[] {8, 63, 64, 99}) {
            Slot<Object> slot = slots.all().get(index);
            slot.putBack(slot.stay(), 0);
            assertNull(slots.nextIdle(0), "its bit was cleared");
            assertFalse(slots.anyIdle());
            slots.mark(slot);
            assertSame(slot, slots.nextIdle(0));
            assertTrue(slots.anyIdle());
            slot.tryLease();
        }
    }

    @Test
    void bitsSufficeForAThousandPlaces() {
        fill(1_000);
        assertEquals(999, slots.all().get(999).index);
        slots.all().subList(0, 999).forEach(Slot::tryLease);
        Slot<Object> last = slots.all().get(999);
        assertSame(last, slots.nextIdle(0));
        last.tryLease();
        assertNull(slots.nextIdle(0));
        last.putBack(last.stay(), 0);
        slots.mark(last);
        assertSame(last, slots.nextIdle(0));
        assertNull(slots.nextIdle(1_000));
    }

    private void fill(int size) {
        slots.extendTo(size);
        for (Slot<Object> slot : slots.all()) {
            long creating = slot.mustPass(slot.stay(), State.CREATING);
            slot.fill("object", 0);
            slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE);
        }
    }
}
