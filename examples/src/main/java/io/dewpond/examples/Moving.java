package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** What a program looks like that has moved here from another pool. */
final class Moving {
    private Moving() {}

    /** Something that is expensive to make. */
    static final class Session {
        private boolean open = true;
        private int sent;

        static Session connect() {
            return new Session();
        }

        String send(String text) throws IOException {
            if (!open) {
                throw new IOException("closed");
            }
            sent++;
            return text;
        }

        boolean ping() {
            return open;
        }

        void reset() {
            sent = 0;
        }

        int sent() {
            return sent;
        }

        void close() {
            open = false;
        }
    }

    static Pool<Session> likeCommonsPool() {
        // snippet:commons
        PoolConfig<Session> config = PoolConfig.of(ObjectFactory.of(Session::connect, Session::close))
                .name("sessions")
                .maxSize(20)
                .minIdle(2)
                .acquireTimeout(Duration.ofSeconds(3))
                .validator(Session::ping)
                .validateAfterIdle(Duration.ZERO)
                .resetter(Session::reset)
                .evictionPolicy(idleLongerThan(Duration.ofMinutes(5)));
        return Pools.open(config);
        // end:commons
    }

    // snippet:borrow
    static String send(Pool<Session> pool, String text) throws InterruptedException, IOException {
        try (Lease<Session> lease = pool.acquire()) {
            try {
                return lease.get().send(text);
            } catch (IOException e) {
                lease.invalidate(e);
                throw e;
            }
        }
    }
    // end:borrow

    static Pool<Session> likeStormpot() {
        // snippet:stormpot
        PoolConfig<Session> config = PoolConfig.of(ObjectFactory.of(Session::connect, Session::close))
                .name("sessions")
                .maxSize(20)
                .minIdle(20)
                .evictionPolicy(olderThan(Duration.ofMinutes(10), Duration.ofMinutes(2)));
        return Pools.open(config);
        // end:stormpot
    }

    static PooledDataSource likeHikari(String password) {
        // snippet:hikari
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:shop")
                .name("shop")
                .user("ann")
                .password(password)
                .maxSize(10)
                .minIdle(10)
                .acquireTimeout(Duration.ofSeconds(30))
                .validateEvery(Duration.ofMinutes(2))
                .warmUp(Duration.ofSeconds(30))
                .failFast(true);
        return PooledDataSource.open(config);
        // end:hikari
    }

    // snippet:claim
    static Optional<String> sendSoon(Pool<Session> pool, String text) throws InterruptedException, IOException {
        try (Lease<Session> lease = pool.acquire(Duration.ofSeconds(1))) {
            return Optional.of(lease.get().send(text));
        } catch (AcquireTimeoutException tooLate) {
            return Optional.empty();
        }
    }
    // end:claim
}
