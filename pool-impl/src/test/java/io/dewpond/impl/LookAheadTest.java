package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The keeper's thread used to clear the bits of lent objects when it looked for the next validation that is due. It only
 * looks, so nobody was signalled for what it found where a bit was clear: an object released in that instant was idle, and
 * who waited for it in the stead of a thread slept on.
 */
@Tag("G5")
class LookAheadTest {
    private static final int MANY = 20;

    @Test
    void lookForTheNextValidationHidesNothing() throws InterruptedException {
        PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}))
                .maxSize(MANY)
                .validator(object -> true)
                .validateEvery(Duration.ofHours(1));
        SlotPool<Object> pool = new SlotPool<>(config);
        pool.start();
        List<Lease<Object>> leases = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            leases.add(pool.acquire());
        }
        List<Slot<Object>> slots =
                pool.crew().exchange().holdings().stream().map(Holding::slot).toList();
        assertEquals(MANY, slots.size());
        leases.forEach(Lease::close);
        assertTrue(slots.stream().noneMatch(slot -> slot.hidden), "what is idle is hidden");
        // Leased without any search, which may clear bits.
        List<Long> stays = slots.stream().map(Slot::tryLease).toList();
        pool.crew().untilVisit(config.ticker().nanoTime());
        assertTrue(slots.stream().noneMatch(slot -> slot.hidden), "bits are cleared");
        for (int i = 0; i < MANY; i++) {
            assertTrue(slots.get(i).putBack(stays.get(i), config.ticker().nanoTime()));
        }
        pool.close();
    }
}
