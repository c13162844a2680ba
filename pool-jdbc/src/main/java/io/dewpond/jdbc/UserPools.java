package io.dewpond.jdbc;

import io.dewpond.CreationFailedException;
import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import io.dewpond.impl.Pools;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A pool for each user who comes with a password.
 *
 * <h2>Design note: whose connection one gets</h2>
 *
 * The key of a pool is the user <i>and</i> the proof of the password. So a connection is only ever lent to who has named the
 * password it was opened with, and whether that is right only the server says: a wrong one is a key of its own, whose connect
 * fails. What the pool keeps of it then is a {@link Refusals refusal}, not the key.
 *
 * <p>Whose login was accepted last and still has connections is a {@link Residents resident} and goes straight to the pool. All
 * others are {@link Strangers}: however many come with wrong passwords, they have but a part of the room at once, and those
 * whose password is known to be right keep the rest. A right password that comes for the first time waits its turn among them,
 * but nobody's refusal counts against it but its own.
 */
final class UserPools {
    private final KeyedPool<Login, PhysicalConnection> pool;
    private final Notary notary = new Notary();
    private final Residents residents;
    private final Refusals refusals;
    private final Strangers strangers;
    private final Ticker ticker;

    private UserPools(
            KeyedPool<Login, PhysicalConnection> pool, Residents residents, Refusals refusals, Strangers strangers) {
        this.pool = pool;
        this.residents = residents;
        this.refusals = refusals;
        this.strangers = strangers;
        ticker = pool.config().perKey().ticker();
    }

    /** Opens the pools of users; null if the configuration wants none. */
    static @Nullable UserPools open(JdbcPoolConfig config, Judge judge) {
        int maxTotal = config.usersMaxTotal();
        if (maxTotal == 0) {
            return null;
        }
        PhysicalConnections connections = config.connections(judge, PhysicalConnections.KNOWS_NO_USER);
        PoolConfig<PhysicalConnection> own = config.pool(judge, connections);
        Residents residents = new Residents();
        Refusals refusals = new Refusals(config.refusedRetryDelay(), own.ticker());
        UserConnections factory = new UserConnections(
                Connecting.door(config), connections, judge, Connecting.secrets(config), residents, refusals);
        KeyedPoolConfig<Login, PhysicalConnection> keyed = KeyedPoolConfig.of(factory)
                .maxTotal(maxTotal)
                .perKey(none -> own.factory(none.factory())
                        .evictionPolicy(residents.or(own.evictionPolicy()))
                        // Who has come in vain is told so at once, as by a driver.
                        .failFast(true)
                        // What users come for goes with them.
                        .minIdle(0)
                        .warmUp(Duration.ZERO)
                        .registerMXBean(false)
                        .timings(false));
        int most = Math.max(1, Math.min(own.maxConcurrentCreations(), maxTotal / 2));
        return new UserPools(Pools.openKeyed(keyed), residents, refusals, new Strangers(most, own.ticker()));
    }

    /** Borrows a connection of a user's own, as {@link PooledDataSource#getConnection(String, String)} says. */
    Lease<PhysicalConnection> acquire(@Nullable String user, @Nullable String password)
            throws SQLException, InterruptedException {
        if (user == null || user.isBlank() || password == null) {
            throw new SQLInvalidAuthorizationSpecException(
                    "Name a user and a password, or neither, for a connection of pool '" + name() + "'", "28000");
        }
        long deadline =
                ticker.nanoTime() + pool.config().perKey().acquireTimeout().toNanos();
        return acquire(notary.login(user, password), deadline);
    }

    private Lease<PhysicalConnection> acquire(Login login, long deadline) throws SQLException, InterruptedException {
        Identity who = login.identity();
        while (!residents.knows(who)) {
            requireNotRefused(who);
            Lease<PhysicalConnection> lease = strangers.enter(who, deadline, () -> borrow(login, deadline));
            if (lease != null) {
                return lease;
            }
        }
        return borrow(login, deadline);
    }

    private Lease<PhysicalConnection> borrow(Login login, long deadline) throws SQLException, InterruptedException {
        try {
            return pool.acquire(login, Duration.ofNanos(Math.max(0, deadline - ticker.nanoTime())));
        } catch (CreationFailedException failure) {
            requireNotRefused(login.identity()); // tells when the next try may be
            if (failure.getCause() instanceof SQLInvalidAuthorizationSpecException refused) {
                throw new SQLInvalidAuthorizationSpecException(
                        refused.getMessage(), refused.getSQLState(), refused.getErrorCode(), refused);
            }
            throw failure;
        }
    }

    private void requireNotRefused(Identity who) throws SQLException {
        SQLException refused = refusals.of(who);
        if (refused != null) {
            throw refused;
        }
    }

    private String name() {
        return pool.config().name();
    }

    KeyedPoolStats stats() {
        return pool.stats();
    }

    void suspectIdle() {
        pool.suspectIdle();
    }

    /** Lends nothing from now on; who has a connection may return it as long as the drain lasts. */
    void beginClose() {
        CompletableFuture<Void> unused = pool.shutdown(pool.config().perKey().drainTimeout());
    }

    /** Waits for the end. */
    void close() {
        pool.close();
    }
}
