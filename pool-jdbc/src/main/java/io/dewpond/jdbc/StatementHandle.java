package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement as its borrower sees it; owns the result sets it returned.
 *
 * <p>They are linked without a lock, unlike what a connection has opened: JDBC has a driver close them with their
 * statement, so one that is lost, because two threads worked with one statement at once, is closed all the same.
 */
class StatementHandle<D extends Statement> extends ForwardingStatement<D> {
    /** The results that may still be open, linked through {@link Tracked#older()}. */
    private @Nullable Tracked<?> newest;

    private boolean closesOnCompletion;

    StatementHandle(ConnectionHandle connection, D driver) {
        super(connection, driver);
    }

    @Override
    final StatementHandle<?> statement() {
        return this;
    }

    /**
     * Wraps a result of this statement. To execute a statement again closes its former results implicitly, by which
     * rules the driver knows best: what it has closed is taken off the list here, so that it can't grow.
     */
    @Override
    final @Nullable ResultSet wrap(@Nullable ResultSet driver) throws SQLException {
        if (driver == null) {
            return null;
        }
        while (newest != null && newest.isClosed()) {
            newest = newest.older();
        }
        Tracked<?> last = newest;
        if (last instanceof ResultSetHandle same && same.driver() == driver) {
            return same; // asked for once more
        }
        ResultSetHandle result = new ResultSetHandle(connection(), driver, this, true);
        result.setOlder(last);
        newest = result;
        return result;
    }

    /** Results that were kept are in the list only, for drivers forget them: MariaDB's leaves them open here. */
    @Override
    public final boolean getMoreResults(int current) throws SQLException {
        boolean more = super.getMoreResults(current);
        if (current == CLOSE_ALL_RESULTS) {
            closeDependents(); // the one that is current now is not among them, for nobody has asked for it yet
        }
        return more;
    }

    /** Forgets a result that its borrower has closed; one that isn't the newest goes when it would be. */
    final void forget(ResultSetHandle result) {
        if (newest == result) {
            newest = result.older();
        }
    }

    @Override
    public final Connection getConnection() throws SQLException {
        delegate();
        return connection();
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        super.closeOnCompletion();
        closesOnCompletion = true;
    }

    /** A result was closed; that may have been the last one, and the driver have closed the statement. */
    final void resultClosed() throws SQLException {
        if (closesOnCompletion && isClosed()) {
            close();
        }
    }

    @Override
    final void closeDependents() {
        for (Tracked<?> result = newest; result != null; result = result.older()) {
            result.closeForOwner();
        }
        newest = null;
    }

    @Override
    final void closeDriver(D driver) throws SQLException {
        driver.close();
    }

    @Override
    final boolean isDriverClosed(D driver) throws SQLException {
        return driver.isClosed();
    }
}
