package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.idleBeyondMinimumLongerThan;
import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;
import static io.dewpond.EvictionPolicy.usedMoreThan;
import static io.dewpond.EvictionPolicy.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.LendingOrder;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolListener;
import io.dewpond.impl.Pools;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The code of the guide to policies, compiled and run. */
class PoliciesTest {
    /** A session with something on the other side. */
    static final class Session {
        private String tenant = "";
        private boolean greeted;
        private boolean revoked;

        void greet() {
            greeted = true;
        }

        boolean ping() {
            return greeted;
        }

        void bindTo(String name) {
            tenant = name;
        }

        String tenant() {
            return tenant;
        }

        void unbind() {
            tenant = "";
        }

        void revoke() {
            revoked = true;
        }

        boolean isRevoked() {
            return revoked;
        }

        void close() {
            greeted = false;
        }
    }

    private static final ThreadLocal<String> TENANT = ThreadLocal.withInitial(() -> "nobody");

    private final PoolConfig<Session> sessions = PoolConfig.of(ObjectFactory.of(Session::new, Session::close));

    private static PoolConfig<Session> validated(PoolConfig<Session> sessions) {
        // snippet:validator
        return sessions.validator(Session::ping)
                .validateAfterCreate(true) // before the first lease
                .validateAfterIdle(Duration.ofSeconds(1)) // before a lease, if idle for longer
                .validateEvery(Duration.ofSeconds(30)) // while idle
                .validateOnRelease(true); // in the borrower's close()
        // end:validator
    }

    private static EvictionPolicy<Session> evicted() {
        // snippet:eviction
        EvictionPolicy<Session> revoked = when("revoked", (session, info) -> session.isRevoked());
        EvictionPolicy<Session> tired = when(
                "lent for an hour in all", (session, info) -> info.timeLent().toHours() >= 1);
        return revoked.or(tired)
                .or(olderThan(Duration.ofMinutes(30), Duration.ofMinutes(3)))
                .or(idleLongerThan(Duration.ofMinutes(10)).and(usedMoreThan(100).not()));
        // end:eviction
    }

    // snippet:reasons
    record Diary(BlockingQueue<String> lines) implements PoolListener<Session> {
        @Override
        public void evicted(Session session, String reason) {
            lines.add(reason);
        }
    }
    // end:reasons

    private static PoolConfig<Session> shrinking(PoolConfig<Session> sessions) {
        // snippet:idle
        return sessions.minIdle(2)
                .maxSize(20)
                .evictionPolicy(idleBeyondMinimumLongerThan(Duration.ofMinutes(1)) // softly down to two
                        .or(idleLongerThan(Duration.ofHours(1)))); // and no object is idle for longer
        // end:idle
    }

    private static PoolConfig<Session> hooked(PoolConfig<Session> sessions) {
        // snippet:hooks
        return sessions.afterCreate(Session::greet)
                .beforeLend(session -> session.bindTo(TENANT.get()))
                .resetter(Session::unbind);
        // end:hooks
    }

    private static PoolConfig<Session> ordered(PoolConfig<Session> sessions) {
        // snippet:order
        return sessions.lendingOrder(LendingOrder.LIFO);
        // end:order
    }

    @Test
    void evictionTellsItsReason() throws InterruptedException {
        Diary diary = new Diary(new LinkedBlockingQueue<>());
        Pool<Session> pool = Pools.open(sessions.evictionPolicy(evicted()).listener(diary));
        try (Lease<Session> lease = pool.acquire()) {
            lease.get().revoke();
        }
        assertEquals("revoked", diary.lines().poll(10, TimeUnit.SECONDS));
        pool.close();
        assertEquals(1, pool.stats().destroyedFor(DestroyReason.EVICTED));
        assertEquals(Map.of("revoked", 1L), pool.stats().evictions());
    }

    @Test
    void hooksPrepareTheObjectForItsBorrower() throws InterruptedException {
        TENANT.set("ann");
        try (Pool<Session> pool = Pools.open(ordered(shrinking(validated(hooked(sessions)))))) {
            try (Lease<Session> lease = pool.acquire()) {
                assertEquals("ann", lease.get().tenant());
                assertTrue(lease.get().ping());
            }
        } finally {
            TENANT.remove();
        }
    }
}
