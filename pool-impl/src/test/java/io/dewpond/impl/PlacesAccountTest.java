package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import org.junit.jupiter.api.Test;

/** The sums that tell how many objects may be made, and how many are coming. */
class PlacesAccountTest {
    private final Slots<String> slots =
            new Slots<>(new SlotPool<>(PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))));
    private final Places<String> places = new Places<>(slots);

    @Test
    void creationIsCountedFromItsBeginningToItsEnd() {
        places.extendTo(2);
        Taken<String> first = places.beginCreation(0);
        Taken<String> second = places.beginCreation(0);
        assertAccount(2, 2, 2, 0);
        places.endCreation(first.slot());
        assertAccount(2, 1, 1, 0);
        places.becomeEmpty(first.slot(), first.stay());
        assertAccount(1, 1, 1, 0);
        places.endCreation(second.slot());
        places.expect(second.slot());
        assertAccount(1, 0, 1, 0);
        places.becomeEmpty(second.slot(), second.stay());
        assertAccount(0, 0, 0, 0);
    }

    @Test
    void stalledCreationIsNotCountedOnAndKeepsItsPlace() {
        places.extendTo(2);
        Taken<String> hung = places.beginCreation(0);
        places.stall(hung.slot());
        assertAccount(1, 0, 0, 1);
        places.endCreation(hung.slot());
        assertAccount(1, 0, 0, 0);
        places.becomeEmpty(hung.slot(), hung.stay());
        assertAccount(0, 0, 0, 0);
    }

    @Test
    void objectThatIsBeingDestroyedTakesItsPlaceButIsNotAlive() {
        places.extendTo(1);
        Taken<String> made = places.beginCreation(0);
        places.endCreation(made.slot());
        assertEquals(1, places.alive());
        places.doom(made.slot());
        places.doom(made.slot());
        assertEquals(1, places.occupied());
        assertEquals(0, places.alive());
        places.becomeEmpty(made.slot(), made.stay());
        assertAccount(0, 0, 0, 0);
    }

    @Test
    void slowCreationIsNoPromiseAndIsNotCountedTwice() {
        places.extendTo(3);
        Taken<String> slow = places.beginCreation(0);
        Taken<String> hung = places.beginCreation(0);
        places.countOut(slow.slot());
        places.countOut(slow.slot());
        places.countOut(hung.slot());
        assertEquals(0, places.promising());
        Taken<String> unused = places.beginCreation(0);
        assertEquals(1, places.promising());
        places.endCreation(slow.slot());
        places.stall(hung.slot());
        assertEquals(1, places.promising());
        places.endCreation(hung.slot());
        assertEquals(1, places.promising());
    }

    private void assertAccount(int occupied, int creating, int expected, int stalled) {
        assertEquals(occupied, places.occupied(), "occupied");
        assertEquals(creating, places.creating(), "creating");
        assertEquals(expected, places.expected(), "expected");
        assertEquals(occupied - creating - stalled, places.alive(), "alive");
    }
}
