package io.dewpond.jdbc;

import io.dewpond.CreationFailedException;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolException;
import io.dewpond.impl.Pools;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DataSource} that lends pooled connections: closing one returns it.
 *
 * <p>A connection is lent to one borrower at a time, and comes to each as it was at connect: without an open
 * transaction, statement or changed setting. What a borrower keeps past {@code close()} is worth nothing any more.
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread, platform or virtual. A borrowed connection is as
 * thread-safe as the driver's; it may be closed or aborted from any thread.
 *
 * <p><b>Memory effects:</b> what a borrower did before it closed its connection <i>happens-before</i> what the next
 * borrower of the same connection does after {@code getConnection} returned.
 */
public final class PooledDataSource implements DataSource, AutoCloseable {
    private final JdbcPoolConfig config;
    private final Pool<PhysicalConnection> pool;
    /** Whether users who come with a password have pools of their own; null if not. */
    private final @Nullable UserPools users;
    /** Whether there is no more to a borrow than a lease. */
    private final boolean plain;

    private final @Nullable Watch watch;

    private PooledDataSource(JdbcPoolConfig config, Pool<PhysicalConnection> pool, @Nullable UserPools users) {
        this.config = config;
        this.pool = pool;
        this.users = users;
        watch = config.watch();
        plain = watch == null && !config.requestBoundaries();
    }

    /**
     * Opens a pool of connections.
     *
     * <p>Doesn't block, unless the configuration asks to {@linkplain JdbcPoolConfig#warmUp() warm up}: then it returns
     * when {@link JdbcPoolConfig#minIdle()} connections are open. A pool that isn't opened leaves nothing behind, no
     * thread and no connection. No global setting, such as {@link java.sql.DriverManager}'s, is ever changed.
     *
     * @param config where to connect and how the pool is to behave
     * @return the pool, open; close it when done
     * @throws IllegalArgumentException if the configuration has {@linkplain JdbcPoolConfig#problems() problems}; the
     *     message lists them all
     * @throws CreationFailedException if the warm-up doesn't succeed in time; its cause is what the driver threw
     * @throws NullPointerException if {@code config} is null
     */
    public static PooledDataSource open(JdbcPoolConfig config) {
        List<String> problems = config.problems();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "Pool '" + config.name() + "' can't be opened: " + String.join("; ", problems));
        }
        Judge judge = Connecting.judge(config);
        Logins logins = Connecting.by(config, judge);
        Pool<PhysicalConnection> pool = Pools.open(config.pool(judge, config.connections(judge, logins)));
        UserPools users = UserPools.open(config, judge);
        judge.presideOver(() -> {
            pool.control().suspectIdle();
            if (users != null) {
                users.suspectIdle();
            }
        });
        logins.serve(pool.control());
        return new PooledDataSource(config, pool, users);
    }

    /**
     * Borrows a connection, waiting up to {@link JdbcPoolConfig#acquireTimeout()} in order of arrival.
     *
     * @return a connection that nobody else holds; close it to return it
     * @throws SQLTransientConnectionException if none could be had in time, or too many wait already. The message tells
     *     the state of the pool and who holds its connections. If a connect failed last, that failure is the cause, and
     *     SQLState and vendor code are its own; with {@link JdbcPoolConfig#failFast()} it comes at once. The pool's own
     *     exception is the cause otherwise
     * @throws SQLNonTransientConnectionException if the pool is closed, before or while this thread waits
     * @throws SQLException if the thread is interrupted before or while it waits; the interrupt flag stays set
     */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            return plain ? new ConnectionHandle(pool.acquire()) : withCeremony(pool::acquire);
        } catch (PoolException | IllegalStateException | InterruptedException failure) {
            throw Unavailable.because(failure, config.name());
        }
    }

    /**
     * Borrows a connection for a transaction of a transaction manager, as {@link #getConnection()} does for its caller.
     *
     * @return a connection that nobody else holds, with the resource to enlist; close it to return it
     * @throws SQLTransientConnectionException as {@link #getConnection()}
     * @throws SQLNonTransientConnectionException as {@link #getConnection()}
     * @throws SQLFeatureNotSupportedException if the pool is not over an {@code XADataSource}
     * @throws SQLException if the thread is interrupted before or while it waits; the interrupt flag stays set
     */
    public XaLease acquireXa() throws SQLException {
        if (config.xaDataSource() == null) {
            throw new SQLFeatureNotSupportedException("Pool '" + config.name()
                    + "' is not over an XADataSource: its configuration must be made by JdbcPoolConfig.ofXa");
        }
        try {
            Lease<PhysicalConnection> lease = leased(pool::acquire);
            XaConnection connection = XaConnection.under(lease.get().driver());
            if (connection == null) {
                throw new AssertionError("bug: opened by an XADataSource, but without a resource");
            }
            return new XaLease(lease, connection, watch);
        } catch (PoolException | IllegalStateException | InterruptedException failure) {
            throw Unavailable.because(failure, config.name());
        }
    }

    private ConnectionHandle withCeremony(Source source) throws SQLException, InterruptedException {
        Lease<PhysicalConnection> lease = leased(source);
        return watch == null ? new ConnectionHandle(lease) : watch.lend(lease);
    }

    private Lease<PhysicalConnection> leased(Source source) throws SQLException, InterruptedException {
        return config.requestBoundaries() ? begun(source) : source.acquire();
    }

    /** Acquires and tells the driver that a request begins; a connection that fails at it is replaced, once. */
    private static Lease<PhysicalConnection> begun(Source source) throws SQLException, InterruptedException {
        Lease<PhysicalConnection> first = source.acquire();
        try {
            return begin(first);
        } catch (SQLException broken) {
            Log.JDBC.debug("A request could not begin; trying another connection", broken);
            return begin(source.acquire());
        }
    }

    private static Lease<PhysicalConnection> begin(Lease<PhysicalConnection> lease) throws SQLException {
        PhysicalConnection connection = lease.get();
        try {
            connection.driver().beginRequest();
            return lease;
        } catch (Throwable failure) {
            SQLException broken = failure instanceof SQLException said
                    ? said
                    : new SQLException("The driver could not begin a request", "08001", failure);
            lease.invalidate(broken);
            throw broken;
        }
    }

    /** Where a connection comes from. */
    private interface Source {
        Lease<PhysicalConnection> acquire() throws SQLException, InterruptedException;
    }

    /**
     * Borrows a connection of a user's own, waiting up to {@link JdbcPoolConfig#acquireTimeout()}, where {@link
     * JdbcPoolConfig#usersMaxTotal()} allows it.
     *
     * <p>Only who names the password that a connection was opened with is lent it. When another password is accepted, what the
     * former opened is closed: at once if idle, else when it is returned. The user may be the one of the configuration; then too
     * the connection is another than those of {@link #getConnection()}.
     *
     * @param user whom to connect as, not blank
     * @param password the user's password; may be empty
     * @return a connection of this user that nobody else holds; close it to return it
     * @throws java.sql.SQLInvalidAuthorizationSpecException if the server refuses user and password, at once, or has refused the
     *     same within {@link JdbcPoolConfig#refusedRetryDelay()}; or if either is null, or the user blank
     * @throws SQLTransientConnectionException as {@link #getConnection()}; if a connect fails for another reason and the user has
     *     no connection, at once
     * @throws SQLNonTransientConnectionException if the pool is closed, before or while this thread waits
     * @throws SQLFeatureNotSupportedException if {@code usersMaxTotal} is zero
     * @throws SQLException if the thread is interrupted before or while it waits; the interrupt flag stays set
     */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        UserPools pools = users;
        if (pools == null) {
            throw new SQLFeatureNotSupportedException("Pool '" + config.name()
                    + "' has connections of one user only: set user and password in its configuration, or usersMaxTotal for"
                    + " a pool for each user");
        }
        try {
            return withCeremony(() -> pools.acquire(user, password));
        } catch (PoolException | IllegalStateException | InterruptedException failure) {
            throw Unavailable.because(failure, config.name());
        }
    }

    /**
     * Returns the pool behind {@link #getConnection()}, for its numbers and its control.
     *
     * @return the pool; what it lends is of use to nobody but this
     */
    public Pool<?> pool() {
        return pool;
    }

    /**
     * Sums the numbers of the pools of users, see {@link #getConnection(String, String)}.
     *
     * @return the sums; zeros where there are no such pools
     */
    public KeyedPoolStats userStats() {
        return users == null ? KeyedPoolStats.none(0) : users.stats();
    }

    /**
     * Returns the configuration this was opened with.
     *
     * @return the configuration
     */
    public JdbcPoolConfig config() {
        return config;
    }

    /**
     * Closes the pool, and those of users, and waits for their end: borrowers may return their connections until {@link
     * JdbcPoolConfig#drainTimeout()} is over, then what is still lent is aborted. A thread that is interrupted stops
     * waiting, with its interrupt flag set; the closing goes on. Further calls wait for the same end.
     */
    @Override
    public void close() {
        if (users != null) {
            users.beginClose(); // so that all have the same time
        }
        pool.close();
        if (users != null) {
            users.close();
        }
    }

    // ---- DataSource

    /**
     * Finds this, or the driver's {@code DataSource} behind it.
     *
     * @throws SQLException if neither is of that type
     */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        DataSource behind = config.dataSource();
        if (behind == null) {
            throw new SQLException("Pool '" + config.name() + "' is no wrapper of a " + type.getName());
        }
        return type.isInstance(behind) ? type.cast(behind) : behind.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        DataSource behind = config.dataSource();
        return type.isInstance(this) || (behind != null && (type.isInstance(behind) || behind.isWrapperFor(type)));
    }

    /** Returns {@link JdbcPoolConfig#acquireTimeout()}, in whole seconds, rounded up. */
    @Override
    public int getLoginTimeout() {
        return JdbcPoolConfig.wholeSeconds(config.acquireTimeout());
    }

    /**
     * Is not supported: the configuration of a pool doesn't change.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("Set acquireTimeout in the configuration of the pool instead");
    }

    /** Returns null: this logs to slf4j. */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /**
     * Takes null, which is the case anyway.
     *
     * @throws SQLFeatureNotSupportedException if {@code out} is not null
     */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        if (out != null) {
            throw new SQLFeatureNotSupportedException("The pool logs to slf4j");
        }
    }

    /**
     * Is not supported: this logs to slf4j.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("The pool logs to slf4j");
    }

    /** Names the pool, where and as whom it connects, and its sizes. */
    @Override
    public String toString() {
        return "PooledDataSource[" + config + "]";
    }
}
