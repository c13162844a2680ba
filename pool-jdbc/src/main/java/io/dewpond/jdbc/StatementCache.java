package io.dewpond.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of one connection that nobody uses at the moment, the least recently used first.
 *
 * <p>A statement in use isn't here: who takes one takes it out, and who wants the same meanwhile prepares another. Holds no
 * lock while it calls the driver.
 */
final class StatementCache {
    /**
     * What tells statements apart.
     *
     * @param sql the text
     * @param how by which of the methods it was prepared, with which arguments
     * @param catalog the catalog as it was set then
     * @param schema the schema as it was set then
     * @param holdability that of the connection then
     */
    record Key(
            String sql,
            Object how,
            @Nullable Object catalog,
            @Nullable Object schema,
            @Nullable Object holdability) {}

    private final int size;
    private final Map<Key, PreparedStatement> idle = new LinkedHashMap<>();

    StatementCache(int size) {
        this.size = size;
    }

    /** Takes a statement out, for one user; null if there is none. */
    synchronized @Nullable PreparedStatement take(Key key) {
        return idle.remove(key);
    }

    /** Keeps a clean statement; closes what that leaves no room for. */
    void give(Key key, PreparedStatement statement) throws SQLException {
        PreparedStatement tooMany = keep(key, statement);
        if (tooMany != null) {
            tooMany.close();
        }
    }

    private synchronized @Nullable PreparedStatement keep(Key key, PreparedStatement statement) {
        if (idle.putIfAbsent(key, statement) != null) {
            return statement; // two used the same at once; one is enough for later
        }
        return idle.size() > size ? idle.remove(idle.keySet().iterator().next()) : null;
    }

    /** Closes what is idle, as not every driver does with its connection; stops at a failure, for others would follow. */
    void close() {
        List<PreparedStatement> all;
        synchronized (this) {
            all = List.copyOf(idle.values());
            idle.clear();
        }
        try {
            for (PreparedStatement statement : all) {
                statement.close();
            }
        } catch (SQLException | RuntimeException failure) {
            Log.JDBC.debug("A cached statement could not be closed", failure);
        }
    }

    synchronized int size() {
        return idle.size();
    }
}
