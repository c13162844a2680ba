package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Slots<String> slots =
            new Slots<>(new SlotPool<>(PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))), 0);
    private final Places<String> places = new Places<>(slots);

    @BeforeEach
    void makeOneIdleObject() {
        places.extendTo(1);
        Taken<String> claimed = places.beginCreation(0);
        long stay = claimed.slot().mustPass(claimed.stay(), State.MAINTENANCE);
        claimed.slot().fill("object", 0);
        places.endCreation(claimed.slot());
        places.becomeIdle(claimed.slot(), stay);
    }

    @Test
    void whatWasSeenIsVoidOnceTheObjectWasTaken() {
        Sighting<String> seen = sight();
        Taken<String> lent = takeLowest();
        assertEquals(Slot.LOST, seen.slot().pass(seen.stay(), State.MAINTENANCE), "in use");
        places.becomeIdle(lent.slot(), lent.stay());
        assertEquals(Slot.LOST, seen.slot().pass(seen.stay(), State.MAINTENANCE), "idle again, but not as it was seen");
        Sighting<String> again = sight();
        assertNotEquals(Slot.LOST, again.slot().pass(again.stay(), State.MAINTENANCE));
    }

    @Test
    @Tag("G5")
    void objectIsFoundAgainThoughASearchHasPassedItBy() {
        Taken<String> lent = takeLowest();
        assertNull(places.takeLowest());
        places.becomeIdle(lent.slot(), lent.stay());
        assertSame(lent.slot(), takeLowest().slot());
    }

    @Test
    void objectThatIsAboutToGoIsNoSpareHoweverOftenItIsLent() {
        assertEquals(1, places.idle(9, true));
        sight().slot().ageing = true;
        assertEquals(0, places.idle(9, true));
        Taken<String> lent = takeLowest();
        assertEquals(0, places.idle(9, true));
        assertEquals(0, places.idle(9, false));
        places.becomeIdle(lent.slot(), lent.stay());
        assertEquals(0, places.idle(9, true));
        assertEquals(1, places.idle(9, false));
        assertEquals(0, places.idle(0, false), "no more than asked for");
    }

    private Sighting<String> sight() {
        Sighting<String> seen = slots.all().get(0).sight(0);
        assertNotNull(seen);
        return seen;
    }

    private Taken<String> takeLowest() {
        Taken<String> taken = places.takeLowest();
        assertNotNull(taken);
        return taken;
    }
}
