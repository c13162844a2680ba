package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is granted an object is decided when the object is there, by the time it is then. */
@Tag("G62")
class GrantTest {
    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(1)
            .ticker(this::now);
    private final Slots<String> slots = new Slots<>(new SlotPool<>(config));
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange = new Exchange<>(slots, new Beacon(), config, errands);
    private final List<FutureWaiter<String>> woken = new ArrayList<>();
    private long now;

    @Test
    void waiterIsGrantedAnObjectUpToItsLastNanosecond() {
        FutureWaiter<String> waiter = join(100);
        Taken<String> made = made();
        now = 99;
        assertNull(exchange.offer(made.slot(), made.stay()));
        assertNotNull(waiter.lease());
    }

    @Test
    void waiterIsGrantedNothingFromItsDeadlineOn() {
        FutureWaiter<String> waiter = join(100);
        Taken<String> made = made();
        now = 100;
        assertNull(exchange.offer(made.slot(), made.stay()));
        assertNull(waiter.lease());
        assertTrue(waiter.hasExpired());
        assertTrue(made.slot().isIdle(), "nobody else waits for it");
        assertEquals(1, exchange.stats(0, 0).timedOut());
    }

    @Test
    void objectUnderInspectionGoesToTheOldestWhoIsInTimeThen() {
        Taken<String> made = made();
        assertNull(exchange.offer(made.slot(), made.stay()));
        FutureWaiter<String> late = join(100);
        FutureWaiter<String> later = join(200);
        FutureWaiter<String> next = join(300);
        FutureWaiter<String> last = join(400);
        Taken<String> inspected = errands.inspected.remove(0);
        now = 200;
        assertNull(exchange.offer(inspected.slot(), inspected.stay()));
        assertNotNull(next.lease());
        assertEquals(List.of(late, later, next), woken);
        assertTrue(late.hasExpired() && later.hasExpired());
        assertFalse(last.hasOutcome());
    }

    @Test
    void objectThatIsHandedOverGoesToTheOldestWhoIsInTimeThen() {
        Taken<String> made = made();
        assertNull(exchange.offer(made.slot(), made.stay()));
        long leased = made.slot().tryLease();
        assertNotEquals(Slot.LOST, leased);
        Waiter<String> late = new Waiter<>(0, 100, null); // a thread's, which sleeps past its deadline
        exchange.enqueue(late);
        FutureWaiter<String> next = join(300);
        now = 100;
        assertNull(exchange.offer(made.slot(), made.slot().mustPass(leased, State.MAINTENANCE)));
        assertTrue(late.hasExpired());
        assertNotNull(next.lease());
    }

    private long now() {
        return now;
    }

    private FutureWaiter<String> join(long deadline) {
        FutureWaiter<String> waiter = new FutureWaiter<>(0, deadline, null, woken::add);
        exchange.enqueue(waiter);
        return waiter;
    }

    private Taken<String> made() {
        exchange.missed(now, false);
        Taken<String> creation = errands.created.remove(0);
        assertTrue(exchange.beginsCreation(creation.slot(), creation.stay(), now));
        return new Taken<>(creation.slot(), exchange.created(creation.slot(), creation.stay(), "object", now));
    }
}
