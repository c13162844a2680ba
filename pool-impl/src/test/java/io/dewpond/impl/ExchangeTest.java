package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The steps under the lock, one at a time and without any thread, so that what they decide can be counted. */
class ExchangeTest {
    private static final int MAX = 6;
    private static final long LONG = 1_000_000_000L;
    /** Longer than any delay after a failure. */
    private static final long RETRY = Duration.ofHours(1).toNanos();

    private static final Ending GONE = Ending.of(DestroyReason.INVALIDATED);

    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(MAX)
            .maxConcurrentCreations(MAX)
            .ticker(this::now);
    private final Slots<String> slots = new Slots<>(new SlotPool<>(config));
    private final Beacon beacon = new Beacon();
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange = new Exchange<>(slots, beacon, config, errands);
    private long now;

    // ---- What is made ----------------------------------------------------------------------------------------------

    @Test
    void asManyAreMadeAsWaitBeyondWhatIsOnItsWay() {
        join();
        assertEquals(1, errands.created.size());
        join();
        join();
        assertEquals(3, errands.created.size());
        exchange.planAt(0);
        assertEquals(3, errands.created.size(), "each waiter has one coming");
        for (int i = 3; i < MAX + 3; i++) {
            join();
        }
        assertEquals(MAX, errands.created.size(), "there is no more room");
    }

    /** It took the object past the lock, and another plans before it has left the queue. */
    @Test
    @Tag("G21")
    void headThatHasTakenAnObjectNeedsNoOther() {
        Slot<String> idle = makeIdle(1).get(0);
        Waiter<String> head = join();
        join();
        assertEquals(1, errands.created.size(), "the head will take what is idle");
        assertNotEquals(Slot.LOST, idle.tryLease());
        head.provided = true;
        exchange.planAt(0);
        assertEquals(1, errands.created.size());
        assertTrue(exchange.served(head, 0));
        exchange.planAt(0);
        assertEquals(1, errands.created.size());
        join();
        assertEquals(2, errands.created.size());
    }

    @Test
    void sparesAreMadeBesideWhatThoseWhoWaitWillTake() {
        makeIdle(2);
        join();
        assertEquals(0, errands.created.size(), "one idle object is for the waiter");
        exchange.resize(2, MAX, 0);
        assertEquals(1, errands.created.size(), "and one is a spare");
        exchange.resize(4, MAX, 0);
        assertEquals(3, errands.created.size());
    }

    @Test
    void noMoreAreMadeAtOnceThanAllowed() {
        Exchange<String> careful =
                new Exchange<>(new Slots<>(new SlotPool<>(config)), beacon, config.maxConcurrentCreations(2), errands);
        for (int i = 0; i < 4; i++) {
            careful.enqueue(new Waiter<>(0, LONG, null));
        }
        assertEquals(2, errands.created.size());
        Taken<String> first = errands.created.remove(0);
        assertNotEquals(Slot.LOST, careful.created(first.slot(), first.stay(), "object", 0));
        assertEquals(2, errands.created.size(), "there is room for one more");
    }

    @Test
    void borrowerWhoDoesNotWaitHasOneMadeForTheNext() {
        exchange.missed(0, false);
        exchange.missed(0, true);
        assertEquals(1, errands.created.size(), "the first is on its way");
        assertEquals(1, exchange.stats(0, 0).timedOut());
    }

    @Test
    void nothingIsMadeBeforeTheDelayIsOver() {
        join();
        Taken<String> failing = errands.created.remove(0);
        assertTrue(exchange.creationFailed(failing.slot(), failing.stay(), new IOException("refused"), null, 0));
        assertFalse(exchange.creationFailed(failing.slot(), failing.stay(), new IOException("late"), null, 0));
        assertEquals("refused", exchange.lastFailure().getMessage(), "a late one is not the last");
        if (errands.created.isEmpty()) { // the delay is drawn, and may be none at all
            long retryAt = errands.alarms.remove(errands.alarms.size() - 1);
            exchange.planAt(retryAt - 1);
            assertEquals(0, errands.created.size());
            exchange.planAt(retryAt);
        }
        assertEquals(1, errands.created.size());
        Taken<String> made = inMaintenance(errands.created.remove(0));
        assertNull(exchange.lastFailure());
        assertNull(exchange.offer(made.slot(), made.stay()));
    }

    @Test
    void whatWasGivenUpLeavesItsPlaceAndIsCountedWhenItComes() {
        join();
        Taken<String> hung = errands.created.remove(0);
        assertTrue(exchange.creationOverdue(hung.slot(), hung.stay(), new IOException("hangs"), 0));
        assertFalse(exchange.creationOverdue(hung.slot(), hung.stay(), new IOException("hangs"), 0));
        assertEquals(1, exchange.stats(2, 0).abandoned() - 2);
        assertEquals(Slot.LOST, exchange.created(hung.slot(), hung.stay(), "late", 0));
        exchange.exorcised(hung.slot(), GONE);
        assertEquals(0, exchange.stats(0, 0).abandoned());
        assertEquals(1, exchange.stats(0, 0).created());
        assertEquals(1, exchange.stats(0, 0).destroyed());
        assertEquals(1, exchange.stats(0, 0).creationFailures());
    }

    @Test
    @Tag("G25")
    void whatIsGivenUpOrStallsTakesNoPartInWhatMayRunAtOnce() {
        Exchange<String> careful = new Exchange<>(
                new Slots<>(new SlotPool<>(config)), beacon, config.maxSize(2).maxConcurrentCreations(1), errands);
        careful.enqueue(new Waiter<>(0, LONG, null));
        giveUp(careful);
        careful.planAt(RETRY);
        assertEquals(1, errands.created.size(), "its place is free again");
        giveUp(careful);
        careful.planAt(2 * RETRY);
        assertEquals(1, errands.created.size(), "the second is stuck behind the first, but there is another place");
    }

    @Test
    @Tag("G53")
    void endComesThoughACreationIsStuckBehindAnother() {
        exchange.resize(0, 1, 0);
        join();
        giveUp(exchange);
        exchange.planAt(RETRY);
        giveUp(exchange);
        assertFalse(exchange.isEmpty());
        exchange.close(RETRY);
        assertTrue(exchange.isEmpty());
    }

    @Test
    @Tag("G53")
    void creationThatIsGivenUpForTheEndIsNoFailure() {
        join();
        Taken<String> hung = errands.created.remove(0);
        exchange.close(0);
        assertFalse(exchange.creationOverdue(hung.slot(), hung.stay(), new IOException("hangs"), 0), "nobody is told");
        assertEquals(0, exchange.stats(0, 0).creationFailures());
        assertTrue(exchange.isEmpty());
    }

    private void giveUp(Exchange<String> of) {
        Taken<String> hung = errands.created.remove(0);
        assertTrue(of.creationOverdue(hung.slot(), hung.stay(), new IOException("hangs"), 0));
    }

    // ---- What has become idle past the lock ------------------------------------------------------------------------

    @Test
    void objectThatBecomesIdleBehindARefreshIsTakenBack() {
        Slot<String> slot = makeIdle(1).get(0);
        long leased = slot.tryLease();
        CompletableFuture<Void> renewed = exchange.refresh(0);
        becomeIdle(slot, leased);
        exchange.reconsider(slot);
        assertEquals(List.of(DestroyReason.OPERATOR), errands.reasons());
        assertEquals(State.MAINTENANCE, slot.state());
        assertFalse(renewed.isDone());
        assertTrue(exchange.vacate(slot, slot.stay(), GONE, 0));
        assertEquals(1, errands.completed.size());
    }

    @Test
    void objectThatBecomesIdleBehindTheEndIsTakenBack() {
        Slot<String> slot = makeIdle(1).get(0);
        long leased = slot.tryLease();
        exchange.close(0);
        assertTrue(exchange.onlyLeasesLeft());
        becomeIdle(slot, leased);
        assertFalse(exchange.onlyLeasesLeft());
        exchange.reconsider(slot);
        assertEquals(List.of(DestroyReason.SHUTDOWN), errands.reasons());
        assertFalse(exchange.isEmpty());
        assertTrue(exchange.vacate(slot, slot.stay(), GONE, 7));
        assertTrue(exchange.isEmpty());
        assertEquals(List.of(7L), errands.alarms, "the end may have come");
    }

    @Test
    void surplusThatBecomesIdleIsTakenBackAndNoMore() {
        List<Slot<String>> lent = makeIdle(3);
        long[] stays = lent.stream().mapToLong(Slot::tryLease).toArray();
        exchange.resize(0, 2, 0);
        assertTrue(Beacon.has(beacon.word(), Beacon.SURPLUS));
        for (int i = 0; i < 3; i++) {
            becomeIdle(lent.get(i), stays[i]);
            exchange.reconsider(lent.get(i));
        }
        assertEquals(List.of(DestroyReason.OPERATOR), errands.reasons());
        assertFalse(Beacon.has(beacon.word(), Beacon.SURPLUS));
        assertFalse(Beacon.has(beacon.word(), Beacon.ROOM), "its place is taken until it is destroyed");
    }

    @Test
    @Tag("G48")
    void objectThatBecomesIdleBehindARequestForAWarmUpCompletesIt() {
        Slot<String> slot = makeIdle(1).get(0);
        long leased = slot.tryLease();
        exchange.resize(1, MAX, 0);
        CompletableFuture<Void> warm = exchange.warmUp(0);
        assertFalse(warm.isDone());
        becomeIdle(slot, leased);
        exchange.reconsider(slot);
        assertEquals(1, errands.completed.size());
    }

    @Test
    void idleObjectThatMayBeLentIsLeftAlone() {
        Slot<String> slot = makeIdle(1).get(0);
        exchange.reconsider(slot);
        assertEquals(State.IDLE, slot.state());
        CompletableFuture<Void> unused = exchange.refresh(0);
        exchange.reconsider(slot); // taken before
        assertEquals(1, errands.reasons().size());
    }

    @Test
    void refusedObjectIsNotCountedOn() {
        join();
        Taken<String> made = inMaintenance(errands.created.remove(0));
        CompletableFuture<Void> unused = exchange.refresh(0);
        assertEquals(DestroyReason.OPERATOR, exchange.offer(made.slot(), made.stay()));
        exchange.planAt(0);
        assertEquals(1, errands.created.size(), "the waiter needs another");
        assertTrue(exchange.vacate(made.slot(), made.stay(), GONE, 0));
        assertNull(exchange.offer(made.slot(), made.stay()), "settled before");
        assertFalse(exchange.vacate(made.slot(), made.stay(), GONE, 0));
        assertEquals(1, exchange.stats(0, 0).destroyed());
    }

    @Test
    void condemnedObjectIsNotCountedOn() {
        join();
        Taken<String> made = inMaintenance(errands.created.remove(0));
        exchange.condemned(made.slot(), 0);
        assertEquals(1, errands.created.size(), "the waiter needs another");
    }

    @Test
    void objectThatIsAboutToBeDestroyedIsNoSurplus() {
        List<Slot<String>> made = makeIdle(3);
        assertNotEquals(Slot.LOST, made.get(0).tryTake());
        exchange.condemned(made.get(0), 0);
        exchange.resize(0, 2, 0);
        assertFalse(Beacon.has(beacon.word(), Beacon.SURPLUS));
        assertEquals(List.of(), errands.reasons());
        exchange.resize(0, 3, 0);
        exchange.evictIdle(0);
        assertEquals(2, errands.reasons().size());
        exchange.resize(0, 0, 0);
        assertFalse(Beacon.has(beacon.word(), Beacon.SURPLUS));
    }

    @Test
    void noMoreThanTheSurplusIsDestroyed() {
        makeIdle(4);
        exchange.resize(0, 4, 0);
        assertEquals(0, errands.reasons().size());
        exchange.resize(0, 3, 0);
        assertEquals(1, errands.reasons().size());
        assertEquals(3, exchange.stats(0, 0).idle());
    }

    @Test
    void objectUnderInspectionIsCountedOn() {
        Slot<String> slot = makeIdle(1).get(0);
        long taken = slot.tryTake();
        exchange.expectFrom(slot);
        Waiter<String> waiter = join();
        assertEquals(0, errands.created.size());
        assertNull(exchange.offer(slot, taken));
        assertNotNull(waiter.lease());
    }

    @Test
    @Tag("G48")
    void evictedSparesAreReplacedWhileTheyAreBeingDestroyed() {
        makeIdle(1);
        exchange.resize(1, MAX, 0);
        exchange.evictIdle(0);
        assertEquals(1, errands.created.size());
    }

    @Test
    void sparesAreKeptIfThereAreToBeAny() {
        assertFalse(exchange.keepsSpares());
        exchange.resize(1, MAX, 0);
        assertTrue(exchange.keepsSpares());
    }

    @Test
    void successEndsTheDelay() {
        join();
        join();
        Taken<String> failing = errands.created.remove(0);
        exchange.creationFailed(failing.slot(), failing.stay(), new IOException("refused"), null, 0);
        Taken<String> healed = inMaintenance(errands.created.remove(0));
        assertEquals(1, errands.created.size(), "tried again at once");
        assertNull(exchange.offer(healed.slot(), healed.stay()));
    }

    // ---- Who waits -------------------------------------------------------------------------------------------------

    @Test
    void whoTimesOutIsCountedOnce() {
        Waiter<String> late = join();
        Waiter<String> bored = join();
        assertTrue(exchange.isHead(late));
        assertFalse(exchange.isHead(bored));
        assertTrue(exchange.withdraw(late, true, 0));
        assertFalse(exchange.withdraw(late, true, 0));
        assertTrue(exchange.isHead(bored));
        assertTrue(exchange.withdraw(bored, false, 0));
        assertFalse(exchange.served(bored, 0));
        assertEquals(1, exchange.stats(0, 0).timedOut());
        assertEquals(0, exchange.stats(0, 0).waiting());
        assertFalse(Beacon.has(beacon.word(), Beacon.QUEUE));
    }

    @Test
    void objectGoesToTheOldestWhoIsStillInTime() {
        Waiter<String> late = new Waiter<>(0, 10, null);
        exchange.enqueue(late);
        Waiter<String> next = join();
        Taken<String> made = inMaintenance(errands.created.remove(0));
        now = 10;
        assertNull(exchange.offer(made.slot(), made.stay()));
        assertTrue(late.hasExpired());
        assertNull(late.lease());
        assertNotNull(next.lease());
        assertEquals(1, exchange.stats(0, 0).timedOut());
    }

    @Test
    void onlyTheHeadCanDeclareThatItStarves() {
        Waiter<String> head = join();
        Waiter<String> second = join();
        exchange.starve(second);
        assertFalse(isStarving());
        exchange.starve(head);
        assertTrue(isStarving());
        exchange.starve(second);
        assertTrue(isStarving(), "nobody but a new head ends it");
        exchange.withdraw(head, false, Exchange.GRACE_NANOS - 1);
        assertFalse(isStarving(), "the new head is young");
    }

    @Test
    void newHeadThatHasWaitedForTheGraceStarvesAtOnce() {
        Waiter<String> head = join();
        Waiter<String> old = join();
        Waiter<String> young = new Waiter<>(1, LONG, null);
        exchange.enqueue(young);
        exchange.withdraw(head, false, Exchange.GRACE_NANOS);
        assertTrue(isStarving());
        assertTrue(exchange.served(old, Exchange.GRACE_NANOS));
        assertFalse(isStarving(), "a nanosecond short of it");
    }

    @Test
    void newHeadIsWokenIfThereIsAnythingToSee() {
        Slot<String> idle = makeIdle(1).get(0);
        long leased = idle.tryLease();
        Waiter<String> head = join();
        Waiter<String> second = join();
        second.takeSignal();
        second.watchful = true;
        becomeIdle(idle, leased);
        exchange.withdraw(head, false, 0);
        assertTrue(second.hasNews());
    }

    @Test
    void newHeadThatWakesByItselfSleepsOn() {
        Waiter<String> head = join();
        Waiter<String> second = join();
        second.takeSignal();
        second.watchful = true;
        exchange.withdraw(head, false, 0);
        assertFalse(second.hasNews());
        Waiter<String> third = join();
        third.takeSignal();
        exchange.withdraw(second, false, 0);
        assertTrue(third.hasNews(), "it has to set itself an alarm");
    }

    @Test
    void closedExchangeRefusesWhatIsAsked() {
        Waiter<String> waiting = join();
        assertFalse(exchange.isClosed());
        exchange.close(0);
        assertTrue(exchange.isClosed());
        assertFailedAsClosed(waiting);
        assertThrows(PoolClosedException.class, this::join);
        assertThrows(PoolClosedException.class, () -> exchange.missed(0, false));
        assertThrows(PoolClosedException.class, () -> exchange.resize(0, 1, 0));
        assertThrows(PoolClosedException.class, () -> exchange.evictIdle(0));
        assertThrows(PoolClosedException.class, () -> exchange.refresh(0).join());
    }

    // ---- Factories and neighbours ----------------------------------------------------------------------------------

    @Test
    @Tag("G51")
    void factoryIsRememberedWhileAnythingOfItsMakingIsThereAndNoLonger() {
        Slot<String> slot = makeIdle(2).get(0);
        long leased = slot.tryLease();
        CompletableFuture<Void> unused = exchange.refresh(0);
        List<Long> oldest = new ArrayList<>();
        unused = exchange.replaceFactory((first, old) -> oldest.add(old), 0);
        errands.destroyed.forEach(gone -> exchange.vacate(gone.slot(), gone.stay(), GONE, 0));
        assertTrue(exchange.vacate(slot, slot.takeBack(leased), GONE, 0));
        unused = exchange.replaceFactory((first, old) -> oldest.add(old), 0);
        assertEquals(List.of(0L, 2L), oldest);
    }

    @Test
    @Tag("G65")
    void longestIdleIsTheOneThatWasUsedLongestAgo() {
        List<Slot<String>> idle = makeIdle(3);
        long[] usedAt = {5, 3, 4};
        for (int i = 0; i < 3; i++) {
            assertTrue(idle.get(i).putBack(idle.get(i).tryLease(), usedAt[i]));
        }
        Resting<String> longest = exchange.longestIdle();
        assertNotNull(longest);
        assertEquals(3, longest.usedAt());
    }

    @Test
    @Tag("G65")
    void objectThatMakesRoomIsNoSurplus() {
        Slot<String> idle = makeIdle(3).get(0);
        assertTrue(exchange.makeRoom(idle, idle.stay()));
        exchange.resize(0, 2, 0);
        assertEquals(List.of(DestroyReason.MADE_ROOM), errands.reasons());
    }

    // ---- Sweeps ----------------------------------------------------------------------------------------------------

    @Test
    void whatIsAboutToGoIsReplacedAndWhatHasGoneIsNot() {
        Slot<String> slot = makeIdle(1).get(0);
        exchange.resize(1, MAX, 0);
        Sighting<String> seen = exchange.sight(slot.index, 0);
        assertNotNull(seen);
        assertNull(exchange.sight(MAX, 0), "there is no such place");
        becomeIdle(slot, slot.tryLease());
        exchange.age(seen, 0);
        assertEquals(0, errands.created.size(), "it was lent since it was seen");
        Sighting<String> again = exchange.sight(slot.index, 0);
        assertNotNull(again);
        exchange.age(again, 0);
        assertEquals(1, errands.created.size());
        Taken<String> taken = exchange.takeIfStill(again);
        assertNotNull(taken);
        assertSame(slot, taken.slot());
        assertNull(exchange.takeIfStill(again));
    }

    @Test
    @Tag("G21")
    void objectThatASweepHasTakenIsCountedOn() {
        Slot<String> slot = makeIdle(1).get(0);
        Sighting<String> seen = exchange.sight(slot.index, 0);
        assertNotNull(seen);
        assertNotNull(exchange.takeIfStill(seen));
        join();
        assertEquals(0, errands.created.size());
    }

    /** While it is inspected it counts as one that is coming, and so the creation that was to replace it was elided. */
    @Test
    @Tag("G48")
    void objectThatIsAboutToGoIsReplacedWhenItComesBackFromAnInspection() {
        Slot<String> slot = makeIdle(1).get(0);
        exchange.resize(1, MAX, 0);
        Sighting<String> seen = exchange.sight(slot.index, 0);
        assertNotNull(seen);
        exchange.age(seen, 0);
        Taken<String> inspected = exchange.takeIfStill(seen);
        assertNotNull(inspected);
        Taken<String> successor = errands.created.remove(0);
        assertFalse(exchange.beginsCreation(successor.slot(), successor.stay(), 0));
        assertEquals(0, errands.created.size());
        assertNull(exchange.offer(slot, inspected.stay()));
        assertEquals(1, errands.created.size());
    }

    @Test
    void nothingIsTakenToBeJudgedAfterTheEnd() {
        Slot<String> slot = makeIdle(1).get(0);
        long leased = slot.tryLease();
        exchange.close(0);
        becomeIdle(slot, leased);
        Sighting<String> seen = exchange.sight(slot.index, 0);
        assertNotNull(seen);
        assertNull(exchange.takeIfStill(seen));
        assertEquals(State.IDLE, slot.state());
    }

    private static void assertFailedAsClosed(Waiter<String> waiter) {
        var failure = waiter.failure();
        assertNotNull(failure);
        assertSame(PoolClosedException.class, failure.get().getClass());
    }

    private boolean isStarving() {
        return Beacon.has(beacon.word(), Beacon.STARVING);
    }

    private Waiter<String> join() {
        Waiter<String> waiter = new Waiter<>(0, LONG, null);
        exchange.enqueue(waiter);
        return waiter;
    }

    /** Has that many objects made. */
    private List<Slot<String>> makeIdle(int number) {
        exchange.resize(number, MAX, 0);
        List<Slot<String>> idle = new ArrayList<>();
        while (!errands.created.isEmpty()) {
            Taken<String> made = inMaintenance(errands.created.remove(0));
            assertNull(exchange.offer(made.slot(), made.stay()));
            idle.add(made.slot());
        }
        exchange.resize(0, MAX, 0);
        return idle;
    }

    private Taken<String> inMaintenance(Taken<String> creating) {
        long made = exchange.created(creating.slot(), creating.stay(), "object", 0);
        assertNotEquals(Slot.LOST, made);
        return new Taken<>(creating.slot(), made);
    }

    private long now() {
        return now;
    }

    /** As a release past the lock does, by one who has yet to look at the beacon. */
    private void becomeIdle(Slot<String> slot, long leased) {
        assertTrue(slot.putBack(leased, 0));
        slots.mark(slot);
    }
}
