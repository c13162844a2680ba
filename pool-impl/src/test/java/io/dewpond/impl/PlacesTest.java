package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places<String> places = new Places<>();

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
        assertNull(places.takeIfStill(seen.slot(), seen.stay()), "in use");
        places.becomeIdle(lent.slot(), lent.stay());
        assertNull(places.takeIfStill(seen.slot(), seen.stay()), "idle again, but not as it was seen");
        Sighting<String> again = sight();
        assertNotNull(places.takeIfStill(again.slot(), again.stay()));
    }

    @Test
    void objectThatIsAboutToGoIsNoSpareHoweverOftenItIsLent() {
        Sighting<String> seen = sight();
        assertEquals(1, places.spares());
        places.age(seen.slot(), seen.stay());
        places.age(seen.slot(), seen.stay());
        assertEquals(0, places.spares());
        Taken<String> lent = takeLowest();
        assertEquals(0, places.spares());
        places.becomeIdle(lent.slot(), lent.stay());
        assertEquals(0, places.spares());
        assertEquals(1, places.idle());
    }

    private Sighting<String> sight() {
        Sighting<String> seen = places.sight(0, 0);
        assertNotNull(seen);
        return seen;
    }

    private Taken<String> takeLowest() {
        Taken<String> taken = places.takeLowest();
        assertNotNull(taken);
        return taken;
    }
}
