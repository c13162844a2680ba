package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement as its borrower sees it; owns the result sets it returned. */
class StatementHandle<D extends Statement> extends ForwardingStatement<D> {
    private final TrackedList results = new TrackedList();
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
        for (Tracked<?> last = results.newest(); last != null && last.isClosed(); last = results.newest()) {
            results.remove(last);
        }
        if (results.newest() instanceof ResultSetHandle same && same.driver() == driver) {
            return same; // asked for once more
        }
        ResultSetHandle result = new ResultSetHandle(connection(), driver, this);
        result.enter(results);
        return result;
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
        results.close();
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
