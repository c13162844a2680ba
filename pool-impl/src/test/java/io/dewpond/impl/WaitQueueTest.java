package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitQueueTest {
    private static final int WAITERS = 4;

    private final WaitQueue<String> queue = new WaitQueue<>();

    @Test
    void whoeverLeavesTheOthersKeepTheirOrder() {
        for (int first = 0; first < WAITERS; first++) {
            for (int second = 0; second < WAITERS; second++) {
                List<Waiter<String>> waiters = queueAll();
                leave(waiters, waiters.get(first));
                if (second < waiters.size()) {
                    leave(waiters, waiters.get(second));
                }
                waiters.add(join(new Waiter<>(0, 0, null)));
                assertServedInOrder(waiters);
            }
        }
    }

    @Test
    void nobodyLeavesTwice() {
        List<Waiter<String>> waiters = queueAll();
        Waiter<String> early = waiters.get(1);
        leave(waiters, early);
        assertFalse(queue.remove(early));
        assertServedInOrder(waiters);
    }

    @Test
    void whoHasLeftKeepsNobodyElseAlive() {
        List<Waiter<String>> waiters = queueAll();
        Waiter<String> early = waiters.get(1);
        leave(waiters, early);
        assertNull(early.older);
        assertNull(early.younger);
    }

    @Test
    void queueTellsSinceWhenTheOneBehindSoManyOthersWaits() {
        for (int i = 0; i < WAITERS; i++) {
            join(new Waiter<>(10L * i, 0, null));
        }
        assertEquals(0, queue.since(0));
        assertEquals(20, queue.since(2));
        assertThrows(AssertionError.class, () -> queue.since(WAITERS));
    }

    @Test
    void nobodyWithoutAThreadMeansNoDeadlineForYears() {
        join(new Waiter<>(0, 5, null));
        assertNull(queue.late(10));
        assertEquals(10 + Clock.FAR_NANOS, queue.nextDeadline(10));
    }

    private List<Waiter<String>> queueAll() {
        return new ArrayList<>(IntStream.range(0, WAITERS)
                .mapToObj(i -> join(new Waiter<>(0, 0, null)))
                .toList());
    }

    private Waiter<String> join(Waiter<String> waiter) {
        queue.add(waiter);
        return waiter;
    }

    private void leave(List<Waiter<String>> waiters, Waiter<String> waiter) {
        assertTrue(queue.remove(waiter));
        waiters.remove(waiter);
    }

    private void assertServedInOrder(List<Waiter<String>> waiters) {
        for (Waiter<String> next : List.copyOf(waiters)) {
            assertEquals(waiters.size(), queue.size());
            assertSame(next, queue.head());
            leave(waiters, next);
        }
        assertNull(queue.head());
        assertEquals(0, queue.size());
    }
}
