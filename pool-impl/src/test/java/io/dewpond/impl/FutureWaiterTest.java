package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the {@link Exchange} does for a head without a thread, one step at a time. */
@Tag("G12")
class FutureWaiterTest {
    private static final long LONG = 1_000_000_000L;

    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(3)
            .ticker(() -> 0);
    private final Slots<String> slots = new Slots<>(new SlotPool<>(config));
    private final Beacon beacon = new Beacon();
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange = new Exchange<>(slots, beacon, config, errands);
    private final List<FutureWaiter<String>> woken = new ArrayList<>();

    @Test
    @Tag("G7")
    void nobodyOvertakesAFutureFromTheFirstMomentOn() {
        assertFalse(isStarving());
        FutureWaiter<String> waiter = join(LONG);
        assertTrue(isStarving());
        exchange.withdraw(waiter, false, 0);
        assertFalse(isStarving());
    }

    @Test
    @Tag("G5")
    void futureThatBecomesTheHeadIsBroughtWhatIsIdle() {
        Slot<String> idle = makeIdle(1).get(0);
        FutureWaiter<String> waiter = join(LONG);
        assertEquals(List.of(idle), NotedErrands.slots(errands.inspected));
        assertServed(waiter, errands.inspected.remove(0));
    }

    @Test
    @Tag("G5")
    void futureThatMovesUpIsBroughtWhatIsIdle() {
        Slot<String> leased = lease(makeIdle(1).get(0));
        FutureWaiter<String> first = join(LONG);
        FutureWaiter<String> second = join(LONG);
        becomeIdlePastTheLock(leased); // by one who has yet to look at the queue
        exchange.withdraw(first, false, 0);
        assertServed(second, errands.inspected.remove(0));
    }

    @Test
    @Tag("G5")
    void releaserThatSawNoStarvingSeesToAFutureAtTheHead() {
        Slot<String> leased = lease(makeIdle(1).get(0));
        FutureWaiter<String> waiter = join(LONG);
        assertTrue(errands.inspected.isEmpty());
        becomeIdlePastTheLock(leased);
        exchange.signalHead(0);
        assertServed(waiter, errands.inspected.remove(0));
    }

    @Test
    @Tag("G5")
    void unfitObjectIsFollowedByTheNext() {
        List<Slot<String>> idle = makeIdle(2);
        FutureWaiter<String> waiter = join(LONG);
        Taken<String> unfit = errands.inspected.remove(0);
        assertSame(idle.get(0), unfit.slot());
        exchange.condemned(unfit.slot(), 0);
        assertEquals(List.of(idle.get(1)), NotedErrands.slots(errands.inspected));
        assertServed(waiter, errands.inspected.remove(0));
    }

    @Test
    @Tag("G5")
    void futureWhoseDueWasTakenByAnotherHasAnObjectMade() {
        List<Slot<String>> idle = makeIdle(2);
        FutureWaiter<String> first = join(LONG);
        FutureWaiter<String> second = join(LONG);
        assertTrue(errands.created.isEmpty(), "each of them has an object coming");
        Slot<String> unused = lease(idle.get(1)); // by one who saw the pool before it was starving
        assertServed(first, errands.inspected.remove(0));
        assertServed(second, inMaintenance(errands.created.remove(0)));
    }

    @Test
    @Tag("G2")
    void maintenanceIsToldOfTheSoonestDeadline() {
        FutureWaiter<String> late = join(300);
        FutureWaiter<String> soon = join(100);
        FutureWaiter<String> between = join(200);
        FutureWaiter<String> alike = join(100);
        assertEquals(List.of(300L, 0L, 100L), errands.alarms, "and at once, to look for lost leases");
        assertEquals(100, exchange.expire(99));
        assertTrue(woken.isEmpty());
        assertEquals(200, exchange.expire(100));
        assertEquals(List.of(soon, alike), woken);
        exchange.withdraw(between, false, 150);
        assertEquals(300, exchange.expire(200));
        assertEquals(2, woken.size());
        assertFalse(late.hasOutcome());
    }

    private boolean isStarving() {
        return Beacon.has(beacon.word(), Beacon.STARVING);
    }

    private FutureWaiter<String> join(long deadline) {
        FutureWaiter<String> waiter = new FutureWaiter<>(0, deadline, null, woken::add);
        exchange.enqueue(waiter);
        return waiter;
    }

    private void assertServed(FutureWaiter<String> waiter, Taken<String> fit) {
        assertNull(exchange.offer(fit.slot(), fit.stay()));
        assertNotNull(waiter.lease());
        assertTrue(woken.contains(waiter));
    }

    /** Has that many objects made. */
    private List<Slot<String>> makeIdle(int number) {
        exchange.resize(number, 3, 0);
        List<Slot<String>> idle = new ArrayList<>();
        while (!errands.created.isEmpty()) {
            Taken<String> made = inMaintenance(errands.created.remove(0));
            assertNull(exchange.offer(made.slot(), made.stay()));
            idle.add(made.slot());
        }
        exchange.resize(0, 3, 0);
        return idle;
    }

    private Taken<String> inMaintenance(Taken<String> creating) {
        return new Taken<>(creating.slot(), exchange.created(creating.slot(), creating.stay(), "object", 0));
    }

    private static Slot<String> lease(Slot<String> slot) {
        assertNotEquals(Slot.LOST, slot.tryLease());
        return slot;
    }

    private void becomeIdlePastTheLock(Slot<String> slot) {
        assertTrue(slot.putBack(slot.stay(), 0));
        slots.mark(slot);
    }
}
