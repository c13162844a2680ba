package io.dewpond.jta;

import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A {@code DataSource} over a pool, whose connections take part in the transactions of a transaction manager.
 *
 * <p>Outside a transaction it lends as the pool does. In one, all connections that are asked for are handles on the same one,
 * which is borrowed and enlisted at the first and returned when the transaction is over, whatever thread finds that out. To
 * close a handle closes the statements that were opened by it, no more. Its {@code commit}, {@code rollback}, savepoints and
 * {@code setAutoCommit(true)} are refused with SQLState 2D000, for they are the transaction manager's; {@code getAutoCommit}
 * tells false. A handle that is still open when the transaction is completed, or has timed out, ends with it.
 *
 * <p>Each data source has a connection of its own in a transaction. So have one of them for a pool, and give that to all.
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread, platform or virtual. In which transaction a thread is,
 * the transaction manager says.
 */
public final class JtaDataSource implements DataSource {
    private final PooledDataSource pool;
    private final Enlistments enlistments;
    private final XAResource recovery;

    private JtaDataSource(PooledDataSource pool, Enlistments enlistments) {
        this.pool = pool;
        this.enlistments = enlistments;
        recovery = new RecoveryResource(pool);
    }

    /**
     * Returns a data source over a pool. Neither opens nor closes the pool, which is its owner's.
     *
     * @param pool lends the connections; over an {@code XADataSource}
     * @param manager knows in which transaction a thread is
     * @return the data source
     * @throws IllegalArgumentException if the configuration of the pool wasn't made by {@link JdbcPoolConfig#ofXa}
     * @throws NullPointerException if an argument is null
     */
    public static JtaDataSource of(PooledDataSource pool, TransactionManager manager) {
        return over(pool, Objects.requireNonNull(manager, "manager"), null);
    }

    /**
     * Returns a data source over a pool, as {@link #of(PooledDataSource, TransactionManager)} does. With the registry, the
     * connection of a transaction is returned before the application's own {@code Synchronization}s learn that it is over, so
     * that they may borrow it.
     *
     * @param pool lends the connections; over an {@code XADataSource}
     * @param manager knows in which transaction a thread is
     * @param registry tells when a transaction is over
     * @return the data source
     * @throws IllegalArgumentException if the configuration of the pool wasn't made by {@link JdbcPoolConfig#ofXa}
     * @throws NullPointerException if an argument is null
     */
    public static JtaDataSource of(
            PooledDataSource pool, TransactionManager manager, TransactionSynchronizationRegistry registry) {
        return over(pool, Objects.requireNonNull(manager, "manager"), Objects.requireNonNull(registry, "registry"));
    }

    private static JtaDataSource over(
            PooledDataSource pool, TransactionManager manager, @Nullable TransactionSynchronizationRegistry registry) {
        if (pool.config().xaDataSource() == null) {
            throw new IllegalArgumentException(
                    "Pool '" + pool.config().name()
                            + "' is not over an XADataSource, but must be to take part in transactions: see JdbcPoolConfig.ofXa");
        }
        return new JtaDataSource(pool, new Enlistments(pool, manager, registry));
    }

    /**
     * Returns a handle on the connection of this thread's transaction; or, outside one, borrows a connection as {@link
     * PooledDataSource#getConnection()} does. The first of a transaction waits as one who borrows, and so does who asks for one
     * in the same transaction meanwhile.
     *
     * @return a connection; close it when done
     * @throws SQLException as {@link PooledDataSource#getConnection()}; with SQLState 25000 if the transaction is not active,
     *     because it is marked for rollback, being completed or over; with 25000 too if the connection could not be enlisted,
     *     after it was returned
     */
    @Override
    public Connection getConnection() throws SQLException {
        return enlistments.getConnection();
    }

    /**
     * Does outside a transaction what the pool does, which mostly refuses: its connections are those of one user.
     *
     * @throws SQLFeatureNotSupportedException in a transaction, which has one connection
     */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        if (enlistments.isInTransaction()) {
            throw new SQLFeatureNotSupportedException(
                    "A transaction has one connection of pool '" + pool.config().name() + "', and that has its user");
        }
        return pool.getConnection(user, password);
    }

    /**
     * Returns what the transaction manager's recovery asks for the branches that a crash has left in doubt, and has commit or
     * roll them back. For each call it borrows a connection of the pool, out of any transaction, and returns it; so it waits
     * its turn, and fails with {@link javax.transaction.xa.XAException#XAER_RMFAIL}, to be asked again later, if there is none.
     * It takes part in no transaction itself.
     *
     * <p>A {@code recover} that begins a scan answers with all branches, and one that goes on with none. The user that the pool
     * connects as must be allowed to see and finish them.
     *
     * @return the resource, the same at each call; thread-safe
     */
    public XAResource recovery() {
        return recovery;
    }

    // ---- DataSource

    /** Finds this, the pool, or what the pool finds. */
    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }

    /** Returns the pool's. */
    @Override
    public int getLoginTimeout() {
        return pool.getLoginTimeout();
    }

    /**
     * Is not supported, as by the pool.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    /** Returns null, as the pool does. */
    @Override
    public @Nullable PrintWriter getLogWriter() {
        return pool.getLogWriter();
    }

    /**
     * Takes null, as the pool does.
     *
     * @throws SQLFeatureNotSupportedException if {@code out} is not null
     */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    /**
     * Is not supported, as by the pool.
     *
     * @throws SQLFeatureNotSupportedException always
     */
    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    /** Names the pool. */
    @Override
    public String toString() {
        return "JtaDataSource[" + pool + "]";
    }
}
