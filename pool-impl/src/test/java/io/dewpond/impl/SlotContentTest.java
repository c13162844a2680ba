package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import org.junit.jupiter.api.Test;

/** What a slot keeps, and until when. */
class SlotContentTest {
    private final Slots<String> slots =
            new Slots<>(new SlotPool<>(PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))));
    private final Places<String> places = new Places<>(slots);

    @Test
    void emptyPlaceKeepsNoObjectAlive() {
        Taken<String> made = make();
        assertEquals("object", made.slot().present());
        places.becomeEmpty(made.slot(), made.stay());
        assertNull(made.slot().present());
    }

    @Test
    void policyIsAskedAgainAtTheMomentItsWordEnds() {
        Taken<String> made = make();
        Slot<String> slot = made.slot();
        slot.safeFor(99_000, 0);
        assertTrue(slot.isSafe(98_999));
        assertFalse(slot.isSafe(99_000));
        assertFalse(slot.mayGo(89_999), "looked at a tenth of its age ahead");
        assertTrue(slot.mayGo(90_000));
    }

    private Taken<String> make() {
        places.extendTo(1);
        Taken<String> claimed = places.beginCreation(0);
        long stay = claimed.slot().mustPass(claimed.stay(), State.MAINTENANCE);
        claimed.slot().fill("object", 0);
        places.endCreation(claimed.slot());
        return new Taken<>(claimed.slot(), stay);
    }
}
