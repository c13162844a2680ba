package io.dewpond.jdbc;

import io.dewpond.Resetter;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the pool lends: a connection of the driver's, with the record of its session. */
final class PhysicalConnection {
    /** Restores the session in the thread that closes the handle; a cycle that did nothing costs nothing here. */
    static final Resetter<PhysicalConnection> RESETTER = new Resetter<>() {
        @Override
        public void reset(PhysicalConnection connection) throws SQLException {
            connection.reset();
        }

        @Override
        public boolean isNeeded(PhysicalConnection connection) {
            return connection.session.isTouched();
        }
    };

    private final Connection driver;
    private final Session session;
    /** Always the same list, or null while a handle has it; passes on with the lease. See {@link ConnectionHandle}. */
    private @Nullable TrackedList open = new TrackedList();

    private PhysicalConnection(Connection driver, Session session) {
        this.driver = driver;
        this.session = session;
    }

    /** Takes over a new connection; closes it if that fails. */
    static PhysicalConnection over(Connection driver, SessionDefaults defaults) throws SQLException {
        return over(driver, defaults, null);
    }

    /** As {@link #over(Connection, SessionDefaults)}; shares the baseline of a sibling that agrees. */
    static PhysicalConnection over(Connection driver, SessionDefaults defaults, @Nullable Baseline siblings)
            throws SQLException {
        try {
            Baseline own = Baseline.of(driver, defaults);
            return new PhysicalConnection(driver, new Session(own.orSame(siblings)));
        } catch (Throwable failure) {
            try {
                driver.close();
            } catch (SQLException | RuntimeException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    Connection driver() {
        return driver;
    }

    Session session() {
        return session;
    }

    /** Gives the list of what is open to the handle of a new borrow. */
    TrackedList handOutOpen() {
        TrackedList given = open;
        if (given == null) {
            throw new AssertionError("bug: a handle has kept the list of what is open on " + this);
        }
        open = null;
        return given;
    }

    /** Takes the list back, right before the end of the borrow. */
    void takeBackOpen(TrackedList given) {
        open = given;
    }

    /**
     * Cleans up after a borrower.
     *
     * @throws SQLException if that failed, or if a failure on the way has ended the connection
     */
    void reset() throws SQLException {
        Throwable fatal = open == null ? null : open.closeAll();
        if (fatal != null) {
            throw new SQLException("The connection was lost when what was open on it was closed", fatal);
        }
        session.restore(driver);
    }

    /** Asks the driver whether the connection works, and leaves no transaction behind. */
    boolean isValid(int timeoutSeconds) throws SQLException {
        if (!driver.isValid(timeoutSeconds)) {
            return false;
        }
        if (!session.autoCommit()) {
            driver.rollback();
        }
        return true;
    }

    /** Closes the connection for good, after a rollback where there may be something to roll back. */
    void close() throws SQLException {
        try {
            if (session.needsRollbackToClose()) {
                driver.rollback();
            }
        } catch (SQLException | RuntimeException failure) {
            Log.JDBC.debug("The rollback before a close failed", failure);
        } finally {
            driver.close();
        }
    }

    /** Makes the connection fail in its borrower's hands. */
    void abort() throws SQLException {
        driver.abort(Setting.AT_ONCE);
    }

    /** Names the kind of connection; the driver's own text may hold the URL. */
    @Override
    public String toString() {
        return driver.getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(driver));
    }
}
