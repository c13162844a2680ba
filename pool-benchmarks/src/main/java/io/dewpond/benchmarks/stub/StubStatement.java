package io.dewpond.benchmarks.stub;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** Answers each query with one row. */
final class StubStatement extends RefusingPreparedStatement {
    private final StubConnection connection;
    private boolean closed;

    StubStatement(StubConnection connection) {
        this.connection = connection;
    }

    @Override
    public ResultSet executeQuery() {
        return new StubResultSet(this);
    }

    @Override
    public ResultSet executeQuery(String sql) {
        return new StubResultSet(this);
    }

    @Override
    public boolean execute(String sql) {
        return false;
    }

    @Override
    public void setInt(int index, int value) {}

    @Override
    public void clearParameters() {}

    @Override
    public void clearBatch() {}

    @Override
    public void setQueryTimeout(int seconds) {}

    @Override
    public int getQueryTimeout() {
        return 0;
    }

    @Override
    public void setMaxRows(int rows) {}

    @Override
    public int getMaxRows() {
        return 0;
    }

    @Override
    public int getResultSetType() {
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public int getResultSetConcurrency() {
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public int getResultSetHoldability() {
        return ResultSet.CLOSE_CURSORS_AT_COMMIT;
    }

    @Override
    public int getFetchSize() {
        return 0;
    }

    @Override
    public int getFetchDirection() {
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public int getMaxFieldSize() {
        return 0;
    }

    @Override
    public boolean isPoolable() {
        return true;
    }

    @Override
    public @Nullable SQLWarning getWarnings() {
        return null;
    }

    @Override
    public void clearWarnings() {}

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
