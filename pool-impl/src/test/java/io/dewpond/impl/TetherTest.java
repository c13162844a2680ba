package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Resetter;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a slot knows of a lease that nobody has any more. */
@Tag("G57")
class TetherTest {
    /** Enough to have the methods of a lease compiled: only then does anything die before its method returns. */
    private static final int WARM_UP = 50_000;

    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger takenForLost = new AtomicInteger();
    private final SlotPool<String> pool = new SlotPool<>(
            PoolConfig.of(ObjectFactory.of(() -> "object", object -> {})).resetter(new Collecting()));
    private final Slot<String> slot = idle();

    @Test
    void leaseIsLostWhenItHasBeenCollected() {
        SlotLease<String> lease = lend();
        long stay = slot.stay();
        slot.suspect();
        System.gc();
        assertFalse(slot.isLost(stay));
        assertEquals("object", lease.get());
        lease = null;
        awaitLoss(stay);
        assertFalse(slot.isLost(stay - 8), "an earlier stay");
    }

    @Test
    void nextLeaseAfterACollectionIsNotLost() {
        lend().close();
        lend();
        long lost = slot.stay();
        awaitLoss(lost); // so the tether of both is dead
        assertTrue(slot.putBack(lost, 0));
        SlotLease<String> next = lend();
        assertFalse(slot.isLost(slot.stay()));
        assertEquals("object", next.get());
    }

    @Test
    void leaseThatIsBeingGivenIsNotSeenThoughTheTetherOfTheLastIsDead() {
        lend();
        long lost = slot.stay();
        awaitLoss(lost);
        assertTrue(slot.putBack(lost, 0));
        slot.tryLease();
        assertNull(slot.holding());
    }

    /** The one thing that hides a loss; the guide says so. */
    @Test
    void endedLeaseThatIsKeptHidesTheLossOfTheNextUntilItIsLetGo() {
        SlotLease<String> kept = lend();
        kept.close();
        lend();
        slot.suspect();
        System.gc();
        assertFalse(slot.isLost(slot.stay()));
        assertEnded(kept);
        kept = null;
        awaitLoss(slot.stay());
    }

    private static void assertEnded(SlotLease<String> lease) {
        String message = assertThrows(IllegalStateException.class, lease::get).getMessage();
        assertTrue(message.contains("'pool' has ended"), message);
        assertThrows(IllegalStateException.class, lease::detach);
        assertThrows(IllegalStateException.class, () -> lease.invalidate(null));
        lease.close();
        assertEquals("lease of 0 (ended)", lease.toString());
    }

    @Test
    void leaseIsNotLostBeforeSomebodyWonders() {
        lend();
        System.gc();
        assertFalse(slot.isLost(slot.stay()), "the slot holds the tether itself");
        awaitLoss(slot.stay());
    }

    /** Nobody has the lease but the close that is ending it, and the collection comes before that has had its effect. */
    @Test
    void leaseIsNotLostWhileItIsBeingClosed() {
        for (int i = 0; i < WARM_UP; i++) {
            lend().close();
        }
        for (int i = 0; i < 20; i++) {
            releases.set(-1);
            lend().close();
        }
        assertEquals(0, takenForLost.get());
    }

    private SlotLease<String> lend() {
        return slot.lend(slot.tryLease(), Thread.currentThread(), 0, null);
    }

    private void awaitLoss(long stay) {
        slot.suspect();
        Awaitility.await().until(() -> {
            System.gc();
            return slot.isLost(stay);
        });
    }

    private Slot<String> idle() {
        Slot<String> made = new Slot<>(pool, 0);
        long creating = made.mustPass(made.stay(), State.CREATING);
        made.fill("object", 0);
        made.mustPass(made.mustPass(creating, State.MAINTENANCE), State.IDLE);
        return made;
    }

    /** Is asked while a lease is being closed, and before it has ended. */
    private final class Collecting implements Resetter<String> {
        @Override
        public boolean isNeeded(String object) {
            if (releases.incrementAndGet() == 0) {
                slot.suspect();
                System.gc();
                takenForLost.addAndGet(slot.isLost(slot.stay()) ? 1 : 0);
            }
            return false;
        }

        @Override
        public void reset(String object) {
            throw new AssertionError("nothing is to be reset here");
        }
    }
}
