package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Admission;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is served where the admission policy prefers the newest, one step at a time. */
@Tag("G61")
class NewestFirstTest {
    private static final long LONG = 1_000_000_000L;

    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(1)
            .admission(Preference::new)
            .ticker(this::now);
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange =
            new Exchange<>(new Slots<>(new SlotPool<>(config)), new Beacon(), config, errands);
    private boolean newestFirst = true;
    private long now;

    @Test
    @Tag("G62")
    void newestWhoseTimeIsOverIsToldSoAndTheNewestInTimeIsServed() {
        Waiter<String> oldest = join(LONG);
        Waiter<String> newest = join(101);
        List<Waiter<String>> late = List.of(join(100), join(99));
        Taken<String> creation = errands.created.remove(0);
        long made = exchange.created(creation.slot(), creation.stay(), "object", now);
        now = 100;
        assertNull(exchange.offer(creation.slot(), made));
        assertTrue(late.stream().allMatch(Waiter::hasExpired));
        assertNotNull(newest.lease());
        assertFalse(oldest.hasOutcome());
        assertEquals(2, exchange.stats(0, 0).timedOut());
    }

    @Test
    void objectThatTheHeadHasTakenIsItsOwnOnlyIfItIsNext() {
        Waiter<String> head = join(LONG);
        join(LONG);
        assertFalse(exchange.served(head, now));
        assertTrue(exchange.isHead(head));
        newestFirst = false;
        assertTrue(exchange.served(head, now));
        assertFalse(exchange.isHead(head));
    }

    private Waiter<String> join(long deadline) {
        Waiter<String> waiter = new Waiter<>(0, deadline, null);
        exchange.enqueue(waiter);
        return waiter;
    }

    private long now() {
        return now;
    }

    private final class Preference implements Admission {
        @Override
        public boolean sheds(long waitedNanos, long now, int waiting) {
            return false;
        }

        @Override
        public boolean newestFirst() {
            return newestFirst;
        }
    }
}
