package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A creation that nobody needs any more when its turn comes is not begun, one step at a time. */
@Tag("G21")
class ElisionTest {
    private static final long LONG = 1_000_000_000_000_000L;

    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(3)
            .maxConcurrentCreations(2)
            .ticker(this::now);
    private final Slots<String> slots = new Slots<>(new SlotPool<>(config));
    private final Beacon beacon = new Beacon();
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange = new Exchange<>(slots, beacon, config, errands);
    private final List<FutureWaiter<String>> woken = new ArrayList<>();
    private long now;

    @Test
    void creationWhoseWaiterHasLeftIsElided() {
        FutureWaiter<String> waiter = join();
        exchange.withdraw(waiter, false, now);
        assertFalse(begins(errands.created.remove(0)));
        assertTrue(exchange.isEmpty());
        join();
        assertEquals(1, errands.created.size(), "the place is free for whoever comes next");
        assertTrue(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G23")
    void creationWhoseWaiterWasServedByAReleaseIsElided() {
        Taken<String> held = held();
        FutureWaiter<String> waiter = join();
        release(held);
        assertNotNull(waiter.lease());
        assertFalse(begins(errands.created.remove(0)));
        assertEquals(1, exchange.stats(0, 0).total());
    }

    @Test
    void ofTwoThatCouldBeSparedOneIsBegun() {
        FutureWaiter<String> first = join();
        join();
        assertEquals(2, errands.created.size());
        exchange.withdraw(first, false, now);
        assertFalse(begins(errands.created.remove(0)));
        assertTrue(begins(errands.created.remove(0)));
        assertTrue(errands.created.isEmpty());
    }

    @Test
    void creationThatRunsIsNotElided() {
        FutureWaiter<String> waiter = join();
        Taken<String> running = errands.created.remove(0);
        assertTrue(begins(running));
        exchange.withdraw(waiter, false, now);
        Taken<String> made = made(running);
        assertNull(exchange.offer(made.slot(), made.stay()));
        assertTrue(made.slot().isIdle());
    }

    @Test
    @Tag("G11")
    void creationForABorrowerWhoDoesNotWaitIsNotElided() {
        exchange.missed(now, false);
        assertTrue(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G11")
    void borrowerWhoDoesNotWaitMayCountOnACreationThatWasAnothers() {
        FutureWaiter<String> first = join();
        FutureWaiter<String> second = join();
        exchange.withdraw(first, false, now);
        exchange.withdraw(second, false, now);
        exchange.missed(now, false);
        assertFalse(begins(errands.created.remove(0)), "one is enough");
        Taken<String> last = errands.created.remove(0);
        assertTrue(begins(last));
        made(last);

        FutureWaiter<String> third = join();
        FutureWaiter<String> fourth = join();
        exchange.withdraw(third, false, now);
        exchange.withdraw(fourth, false, now);
        assertFalse(begins(errands.created.remove(0)), "that promise was kept");
    }

    @Test
    @Tag("G11")
    void promiseEndsWithACreationThatFails() {
        exchange.missed(now, false);
        Taken<String> failing = errands.created.remove(0);
        assertTrue(begins(failing));
        exchange.creationFailed(failing.slot(), failing.stay(), new TimeoutException(), null, now);
        FutureWaiter<String> waiter = join();
        pass(config.maxRetryDelay().toNanos());
        exchange.withdraw(waiter, false, now);
        assertFalse(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G11")
    void nothingIsPromisedWhereNothingIsMade() {
        exchange.resize(0, 1, now);
        Taken<String> held = held();
        exchange.missed(now, false);
        long stay = held.slot().takeBack(held.stay());
        assertTrue(exchange.vacate(held.slot(), stay, Ending.of(DestroyReason.INVALIDATED), now));
        exchange.withdraw(join(), false, now);
        assertFalse(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G48")
    void creationForTheMinimumIsElidedWhenTheMinimumIsThere() {
        exchange.resize(2, 3, now);
        assertEquals(2, errands.created.size());
        exchange.resize(1, 3, now);
        assertFalse(begins(errands.created.remove(0)));
        assertTrue(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G62")
    void nothingIsBegunForAWaiterWhoseTimeIsOver() {
        FutureWaiter<String> late = new FutureWaiter<>(0, 100, null, woken::add);
        exchange.enqueue(late);
        now = 100;
        assertFalse(begins(errands.created.remove(0)));
        assertTrue(late.hasExpired());
        assertEquals(List.of(late), woken);
    }

    @Test
    @Tag("G51")
    void creationFromBeforeARefreshIsReplacedBeforeItIsBegun() {
        join();
        Taken<String> old = errands.created.remove(0);
        var unused = exchange.refresh(now);
        assertFalse(begins(old));
        assertEquals(1, errands.completed.size(), "nothing of before is left");
        assertTrue(begins(errands.created.remove(0)));
    }

    @Test
    @Tag("G25")
    void creationThatWasGivenUpBeforeItsTurnIsNotBegunAndHauntsNothing() {
        join();
        Taken<String> lost = errands.created.remove(0);
        assertTrue(exchange.creationOverdue(lost.slot(), lost.stay(), new TimeoutException(), now));
        assertEquals(1, exchange.stats(0, 0).abandoned());
        assertFalse(begins(lost));
        assertEquals(0, exchange.stats(0, 0).abandoned());
    }

    /** Whoever waits in the end is served by what is on its way in the end, whatever was elided, failed or taken. */
    @Test
    void nobodyIsLeftWithoutACreation() {
        for (int seed = 0; seed < 300; seed++) {
            new ElisionTest().play(new Random(seed), "seed " + seed);
        }
    }

    private void play(Random random, String run) {
        List<FutureWaiter<String>> waiters = new ArrayList<>();
        List<Taken<String>> running = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            switch (random.nextInt(10)) {
                case 0, 1 -> waiters.add(join());
                case 2 -> leave(pick(waiters, random));
                case 3 -> exchange.missed(now, false);
                case 4, 5 -> begin(pick(errands.created, random), running);
                case 6 -> end(pick(running, random), random.nextInt(3) > 0);
                case 7 -> inspect(pick(errands.inspected, random));
                case 8 -> pass(config.maxRetryDelay().toNanos());
                default -> release(pick(leased(), random));
            }
            waiters.removeIf(waiter -> waiter.lease() != null);
            int unfinished = errands.created.size() + running.size();
            assertEquals(unfinished, exchange.stats(0, 0).creating(), run);
            assertTrue(unfinished <= 2, run);
        }
        for (int step = 0; !waiters.isEmpty(); step++) {
            assertTrue(step < 1000, () -> run + ": left waiting with " + exchange.stats(0, 0));
            pass(config.maxRetryDelay().toNanos());
            begin(pick(errands.created, random), running);
            end(pick(running, random), true);
            inspect(pick(errands.inspected, random));
            if (errands.created.isEmpty() && running.isEmpty() && errands.inspected.isEmpty()) {
                assertTrue(
                        leased().size() == 3 || exchange.stats(0, 0).waiting() == 0,
                        () -> run + ": nothing is on its way, though there is room: " + exchange.stats(0, 0));
                release(pick(leased(), random));
            }
            waiters.removeIf(waiter -> waiter.lease() != null);
        }
    }

    private static <E> @Nullable E pick(List<E> list, Random random) {
        return list.isEmpty() ? null : list.remove(random.nextInt(list.size()));
    }

    private void leave(@Nullable FutureWaiter<String> waiter) {
        if (waiter != null) {
            exchange.withdraw(waiter, false, now);
        }
    }

    private void begin(@Nullable Taken<String> creation, List<Taken<String>> running) {
        if (creation != null && begins(creation)) {
            running.add(creation);
        }
    }

    private void end(@Nullable Taken<String> running, boolean well) {
        if (running != null && well) {
            inspect(made(running));
        } else if (running != null) {
            exchange.creationFailed(running.slot(), running.stay(), new TimeoutException(), null, now);
        }
    }

    private void inspect(@Nullable Taken<String> fit) {
        if (fit != null) {
            assertNull(exchange.offer(fit.slot(), fit.stay()));
        }
    }

    private void pass(long nanos) {
        now += nanos;
        exchange.planAt(now);
    }

    private List<Taken<String>> leased() {
        return new ArrayList<>(slots.all().stream()
                .filter(slot -> slot.state() == State.LEASED)
                .map(slot -> new Taken<>(slot, slot.stay()))
                .toList());
    }

    private long now() {
        return now;
    }

    private FutureWaiter<String> join() {
        FutureWaiter<String> waiter = new FutureWaiter<>(now, now + LONG, null, woken::add);
        exchange.enqueue(waiter);
        return waiter;
    }

    private boolean begins(Taken<String> creation) {
        return exchange.beginsCreation(creation.slot(), creation.stay(), now);
    }

    private Taken<String> made(Taken<String> running) {
        return new Taken<>(running.slot(), exchange.created(running.slot(), running.stay(), "object", now));
    }

    private Taken<String> held() {
        exchange.missed(now, false);
        Taken<String> creation = errands.created.remove(0);
        assertTrue(begins(creation));
        Taken<String> made = made(creation);
        assertNull(exchange.offer(made.slot(), made.stay()));
        long leased = made.slot().tryLease();
        assertNotEquals(Slot.LOST, leased);
        return new Taken<>(made.slot(), leased);
    }

    /** As a starving pool does: the object is offered under the lock. */
    private void release(@Nullable Taken<String> lent) {
        if (lent != null) {
            long stay = lent.slot().pass(lent.stay(), State.MAINTENANCE);
            assertNull(exchange.offer(lent.slot(), stay));
        }
    }
}
