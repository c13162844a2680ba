package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final int MANY = 130;

    private final SlotPool<Object> owner = new SlotPool<>(config());
    private final Slots<Object> slots = new Slots<>(owner);

    @Test
    void findsTheIdleOnesInOrderWhereverTheyAre() {
        fill();
        List<Integer> idle = List.of(0, 1, 63, 64, 100, 128, 129);
        for (Slot<Object> slot : slots.all()) {
            if (!idle.contains(slot.index)) {
                slot.tryLease();
            }
        }
        for (int round = 0; round < 2; round++) { // the first clears the bits of those that are lent
            assertEquals(idle, found());
        }
        assertSame(slots.at(129), slots.previousIdle(MANY));
        assertSame(slots.at(64), slots.previousIdle(100));
        assertNull(slots.previousIdle(0));
    }

    @Test
    void whatBecomesIdleIsFoundAlsoAfterItsBitWasCleared() {
        fill();
        long[] leased = slots.all().stream().mapToLong(Slot::tryLease).toArray();
        assertEquals(List.of(), found());
        for (int i = MANY - 1; i >= 0; i--) {
            Slot<Object> slot = slots.all().get(i);
            assertTrue(slot.putBack(leased[i], 0));
            slots.mark(slot);
            assertSame(slot, slots.nextIdle(0));
        }
    }

    @Test
    void morePlacesHideNothingThatIsIdle() {
        fill();
        slots.extendTo(MANY + 70);
        assertEquals(MANY, found().size());
        assertEquals(MANY + 70, slots.size());
        assertNull(slots.at(MANY + 70));
    }

    @Test
    @Tag("G1")
    void allOfALargePoolCanBeLentAgain() {
        try (Pool<Object> pool = Pools.open(config().minIdle(MANY).warmUp(Duration.ofSeconds(60)))) {
            for (int round = 0; round < 3; round++) {
                List<Lease<Object>> all = Stream.generate(
                                () -> pool.tryAcquire().orElseThrow())
                        .limit(MANY)
                        .toList();
                assertTrue(pool.tryAcquire().isEmpty());
                all.forEach(Lease::close);
            }
        }
    }

    /** One side makes the object idle and looks at its bit, the other clears the bit and looks at the object. */
    @Test
    void objectThatBecomesIdleWhileItsBitIsClearedIsFound() throws Exception {
        fill();
        slots.all().forEach(Slot::tryLease);
        Slot<Object> last = slots.all().get(MANY - 1);
        int rounds = 20_000;
        CyclicBarrier both = new CyclicBarrier(2);
        Thread searcher = new Thread(() -> IntStream.range(0, rounds).forEach(i -> {
            await(both);
            Slot<Object> unused = slots.nextIdle(0);
            await(both);
            await(both);
        }));
        searcher.start();
        int hidden = 0;
        for (int i = 0; i < rounds; i++) {
            slots.mark(last); // so that the search has something to clear
            await(both);
            last.putBack(last.stay(), 0);
            slots.mark(last);
            await(both);
            hidden += slots.nextIdle(0) == last ? 0 : 1;
            last.tryLease();
            await(both);
        }
        searcher.join();
        assertEquals(0, hidden);
    }

    private void fill() {
        slots.extendTo(MANY);
        for (Slot<Object> slot : slots.all()) {
            long creating = slot.mustPass(slot.stay(), State.CREATING);
            slot.fill("object", 0);
            slot.mustPass(slot.mustPass(creating, State.MAINTENANCE), State.IDLE);
            slots.mark(slot);
        }
    }

    private List<Integer> found() {
        Stream<Slot<Object>> idle =
                Stream.iterate(slots.nextIdle(0), slot -> slot != null, slot -> slots.nextIdle(slot.index + 1));
        return idle.map(slot -> {
                    assertNotNull(slot);
                    return slot.index;
                })
                .toList();
    }

    private static PoolConfig<Object> config() {
        return PoolConfig.of(ObjectFactory.of(Object::new, object -> {})).maxSize(MANY);
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
