package io.dewpond.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * One use of a prepared statement that goes to the cache when it is closed, if it is as it was prepared then.
 *
 * <p>What JDBC can tell and set back is set back. After anything else the statement is closed for good: when it failed,
 * for the server may have given it up; when its user has the driver's own, by {@code unwrap}; when he said that it is to
 * close on completion, or isn't worth pooling; and after settings that have no getter.
 */
final class CachedStatement extends PreparedStatementDecorator<PreparedStatement> {
    private static final int MAX_FIELD_SIZE = 1;
    private static final int MAX_ROWS = 2;
    private static final int QUERY_TIMEOUT = 4;
    private static final int FETCH_DIRECTION = 8;
    private static final int FETCH_SIZE = 16;

    private final StatementCache cache;
    private final StatementCache.Key key;

    private boolean closed;
    private boolean spoilt;
    /** The settings that were set; a bit for each, and what they were before. */
    private int changed;

    private int maxFieldSize;
    private long maxRows;
    private boolean largeMaxRows;
    private int queryTimeout;
    private int fetchDirection;
    private int fetchSize;

    CachedStatement(PreparedStatement driver, @Nullable Watch watch, StatementCache cache, StatementCache.Key key) {
        super(driver, watch, key.sql());
        this.cache = cache;
        this.key = key;
    }

    @Override
    void failed(Throwable failure) {
        spoilt = true;
    }

    /** Ends this use, once: the statement may have another user at the second call. */
    @Override
    public void close() throws SQLException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (!spoilt && clean()) {
            cache.give(key, driver);
        } else {
            driver.close();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        synchronized (this) {
            if (closed) {
                return true;
            }
        }
        return super.isClosed();
    }

    /** Leaves nothing of its user on the statement; false if that can't be done. */
    private boolean clean() {
        try {
            if (driver.isClosed()) {
                return false;
            }
            driver.getMoreResults(Statement.CLOSE_ALL_RESULTS);
            driver.clearParameters();
            driver.clearBatch();
            if (changed != 0) {
                restore();
            }
            driver.clearWarnings();
            return true;
        } catch (SQLException | RuntimeException | AbstractMethodError unable) {
            return false;
        }
    }

    private void restore() throws SQLException {
        if (has(MAX_FIELD_SIZE)) {
            driver.setMaxFieldSize(maxFieldSize);
        }
        if (has(MAX_ROWS) && largeMaxRows) {
            driver.setLargeMaxRows(maxRows);
        } else if (has(MAX_ROWS)) {
            driver.setMaxRows((int) maxRows);
        }
        if (has(QUERY_TIMEOUT)) {
            driver.setQueryTimeout(queryTimeout);
        }
        if (has(FETCH_DIRECTION)) {
            driver.setFetchDirection(fetchDirection);
        }
        if (has(FETCH_SIZE)) {
            driver.setFetchSize(fetchSize);
        }
    }

    private boolean has(int setting) {
        return (changed & setting) != 0;
    }

    // ---- what can be set back

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        if (!has(MAX_FIELD_SIZE)) {
            maxFieldSize = super.getMaxFieldSize();
            changed |= MAX_FIELD_SIZE;
        }
        super.setMaxFieldSize(max);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        if (!has(MAX_ROWS)) {
            maxRows = super.getMaxRows();
            changed |= MAX_ROWS;
        }
        super.setMaxRows(max);
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        if (!has(MAX_ROWS)) {
            maxRows = super.getLargeMaxRows();
            changed |= MAX_ROWS;
            largeMaxRows = true;
        }
        super.setLargeMaxRows(max);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        if (!has(QUERY_TIMEOUT)) {
            queryTimeout = super.getQueryTimeout();
            changed |= QUERY_TIMEOUT;
        }
        super.setQueryTimeout(seconds);
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        if (!has(FETCH_DIRECTION)) {
            fetchDirection = super.getFetchDirection();
            changed |= FETCH_DIRECTION;
        }
        super.setFetchDirection(direction);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        if (!has(FETCH_SIZE)) {
            fetchSize = super.getFetchSize();
            changed |= FETCH_SIZE;
        }
        super.setFetchSize(rows);
    }

    // ---- what can't

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        spoilt = true;
        super.setEscapeProcessing(enable);
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        spoilt = true;
        super.setCursorName(name);
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        spoilt = true;
        super.closeOnCompletion();
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        spoilt |= !poolable;
        super.setPoolable(poolable);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        spoilt = true;
        return super.unwrap(type);
    }
}
