package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps under the locks of two pools that have room for one object between them, without any thread. */
class SharedExchangeTest {
    private static final long LONG = 1_000_000_000L;

    private Budget budget = new Budget(1);
    private int looks;
    private int left;
    private long now;

    private final Side a = new Side(0);
    private final Side b = new Side(1);

    /** One of the pools. */
    private final class Side {
        final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
                .maxSize(2)
                .ticker(() -> now);
        final Slots<String> slots = new Slots<>(new SlotPool<>(config));
        final NotedErrands<String> errands = new NotedErrands<>();
        final Allowance allowance;
        final Exchange<String> exchange;

        Side(long number) {
            allowance = new Allowance(budget, passing -> looks++, number);
            allowance.whenUnused(() -> left++);
            exchange = new Exchange<>(slots, new Beacon(), config, errands, allowance);
        }

        Waiter<String> join(long since) {
            Waiter<String> waiter = new Waiter<>(since, since + LONG, null);
            exchange.enqueue(waiter);
            return waiter;
        }

        /** The object comes that was planned. */
        Taken<String> made() {
            Taken<String> creating = errands.created.remove(0);
            return new Taken<>(creating.slot(), exchange.created(creating.slot(), creating.stay(), "object", now));
        }

        /** Has an object made and leased. */
        Taken<String> lease() {
            exchange.missed(now, false);
            Taken<String> made = made();
            assertNull(exchange.offer(made.slot(), made.stay()));
            return new Taken<>(made.slot(), made.slot().tryLease());
        }

        void becomeIdlePastTheLock(Taken<String> leased) {
            assertTrue(leased.slot().putBack(leased.stay(), now));
            slots.mark(leased.slot());
        }
    }

    @Test
    @Tag("G63")
    void noCreationIsPlannedWithoutRoom() {
        Taken<String> unused = a.lease();
        Waiter<String> waiter = b.join(0);
        assertEquals(List.of(), b.errands.created);
        assertEquals(1, looks, "it looks for what could make room");
        assertFalse(waiter.hasOutcome());
        assertEquals(1, b.allowance.waiters);
        assertEquals(0, b.allowance.spares);
    }

    @Test
    @Tag("G65")
    void roomThatComesFreeHasTheOtherPoolPlannedAgain() {
        Taken<String> leased = a.lease();
        b.join(0);
        long taken = leased.slot().takeBack(leased.stay());
        assertTrue(a.exchange.vacate(leased.slot(), taken, Ending.of(DestroyReason.INVALIDATED), now));
        assertEquals(1, b.errands.created.size());
        assertEquals(1, left, "nothing is left of the first");
    }

    @Test
    @Tag("G65")
    void onlyWhoTurnsThePressingOnLooks() {
        Taken<String> unused = a.lease();
        b.join(0);
        b.join(1);
        assertEquals(1, looks);
    }

    @Test
    @Tag("G65")
    void objectThatIsLeftBehindIdleWithNobodyWaitingIsLookedFor() {
        Taken<String> leased = a.lease();
        Waiter<String> waiter = a.join(0);
        assertEquals(1, looks);
        a.becomeIdlePastTheLock(leased); // and whoever looks passes by, for somebody waits here
        assertNull(a.exchange.longestIdle());
        b.join(1);
        assertTrue(a.exchange.withdraw(waiter, false, now));
        assertEquals(2, looks);
        assertNotNull(a.exchange.longestIdle());
    }

    @Test
    @Tag("G65")
    void idleObjectMakesRoomUnlessSomebodyWaitsForIt() {
        Taken<String> leased = a.lease();
        a.becomeIdlePastTheLock(leased);
        Resting<String> resting = a.exchange.longestIdle();
        assertNotNull(resting);
        Waiter<String> waiter = a.join(0);
        assertFalse(resting.makesRoom());
        assertTrue(a.exchange.withdraw(waiter, false, now));
        assertTrue(resting.makesRoom());
        assertFalse(resting.makesRoom(), "once");
        assertEquals(List.of(DestroyReason.MADE_ROOM), a.errands.reasons());
    }

    @Test
    @Tag("G65")
    void objectThatIsOfferedYieldsToWhoWaitsElsewhere() {
        Taken<String> leased = a.lease();
        b.join(0);
        long taken = leased.slot().takeBack(leased.stay());
        a.exchange.expectFrom(leased.slot());
        assertEquals(DestroyReason.MADE_ROOM, a.exchange.offer(leased.slot(), taken));
        assertFalse(leased.slot().expected, "nobody counts on it any more");
    }

    @Test
    @Tag("G65")
    void spareThatMakesRoomAsItIsOfferedIsNotMadeAgain() {
        budget = new Budget(2);
        Side rich = new Side(0);
        Side poor = new Side(1);
        Taken<String> offered = rich.lease();
        Taken<String> unused = rich.lease();
        rich.exchange.resize(1, 2, now);
        poor.join(0);
        long taken = offered.slot().takeBack(offered.stay());
        assertEquals(DestroyReason.MADE_ROOM, rich.exchange.offer(offered.slot(), taken));
        assertTrue(rich.exchange.vacate(offered.slot(), taken, Ending.of(DestroyReason.MADE_ROOM), now));
        Taken<String> made = poor.made();
        assertNull(poor.exchange.offer(made.slot(), made.stay()));
        taken = made.slot().takeBack(made.slot().stay());
        assertTrue(poor.exchange.vacate(made.slot(), taken, Ending.of(DestroyReason.INVALIDATED), now));
        assertEquals(List.of(), rich.errands.created, "though there is room");
    }

    @Test
    @Tag("G65")
    void nothingMakesRoomForASpare() {
        a.becomeIdlePastTheLock(a.lease());
        b.exchange.resize(1, 2, now);
        assertEquals(List.of(), b.errands.created);
        assertEquals(0, looks);
    }

    @Test
    @Tag("G65")
    void whoeverWillBeServedByWhatIsIdleDoesNotStandInLineForRoom() {
        standsInLineAsOfItsSecondWaiter(Side::becomeIdlePastTheLock);
    }

    @Test
    @Tag("G65")
    void whoeverWillBeServedByWhatIsComingDoesNotStandInLineForRoom() {
        standsInLineAsOfItsSecondWaiter((side, leased) -> {
            assertNotEquals(Slot.LOST, leased.slot().takeBack(leased.stay()));
            side.exchange.expectFrom(leased.slot());
        });
    }

    /** Of two pools that wait for room, the other comes first: the one who waits longest has something in sight. */
    private void standsInLineAsOfItsSecondWaiter(BiConsumer<Side, Taken<String>> comes) {
        budget = new Budget(2);
        Allowance holder = new Allowance(budget, passing -> {}, 2);
        assertTrue(holder.take());
        Side hopeful = new Side(0);
        Side other = new Side(1);
        Taken<String> leased = hopeful.lease();
        hopeful.join(0);
        other.join(10);
        hopeful.join(20);
        comes.accept(hopeful, leased);
        hopeful.exchange.planAt(now);
        assertEquals(List.of(other.allowance), budget.give(holder, false).served());
    }

    @Test
    @Tag("G66")
    void poolThatHasJustComeStaysUntilSomebodyHasAskedForSomething() {
        a.exchange.planAt(now);
        assertEquals(0, left);
        Waiter<String> waiter = a.join(0);
        Taken<String> creating = a.errands.created.remove(0);
        assertTrue(a.exchange.withdraw(waiter, false, now));
        assertEquals(0, left, "a creation is under way");
        assertFalse(a.exchange.beginsCreation(creating.slot(), creating.stay(), now), "nobody needs it any more");
        assertEquals(1, left);
    }

    @Test
    @Tag("G66")
    void poolThatIsLetGoBeforeAnybodyHasAskedLeaves() {
        a.exchange.letGo();
        assertEquals(1, left);
    }

    @Test
    @Tag("G66")
    void whoComesToAPoolThatHasLeftIsSentOn() {
        a.exchange.letGo();
        assertThrows(RetiredException.class, () -> a.join(0));
        assertThrows(RetiredException.class, () -> a.exchange.missed(now, false));
    }

    @Test
    @Tag("G66")
    void poolThatBacksOffStaysUntilThatIsOver() {
        Waiter<String> waiter = a.join(0);
        Taken<String> creating = a.errands.created.remove(0);
        a.exchange.creationFailed(creating.slot(), creating.stay(), new IOException("no object"), null, now);
        a.errands.alarms.clear();
        assertTrue(a.exchange.withdraw(waiter, false, now));
        assertEquals(0, left);
        assertEquals(1, a.errands.alarms.size(), "somebody looks when it is over");
        now += LONG;
        a.exchange.planAt(now);
        assertEquals(1, left);
    }

    @Test
    @Tag("G66")
    void poolThatIsHauntedStaysUntilTheCreationHasEnded() {
        Waiter<String> waiter = a.join(0);
        Taken<String> creating = a.errands.created.remove(0);
        assertTrue(a.exchange.beginsCreation(creating.slot(), creating.stay(), now));
        assertTrue(a.exchange.creationOverdue(creating.slot(), creating.stay(), new IOException("late"), now));
        assertTrue(a.exchange.withdraw(waiter, false, now));
        now += LONG;
        a.exchange.planAt(now);
        assertEquals(0, left);
        assertTrue(budget.take(b.allowance), "though its room is free");
        a.exchange.exorcised(creating.slot(), Ending.of(DestroyReason.LATE));
        assertEquals(1, left);
    }
}
