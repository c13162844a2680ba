package io.dewpond.jdbc;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A driver's connection whose prepared statements are cached, or whose statements are timed, or both. */
final class EquippedConnection extends ConnectionDecorator {
    private final Session session;
    private final @Nullable StatementCache cache;
    private final @Nullable Watch watch;

    EquippedConnection(Connection driver, Session session, @Nullable StatementCache cache, @Nullable Watch watch) {
        super(driver);
        this.session = session;
        this.cache = cache;
        this.watch = watch;
    }

    @Nullable
    StatementCache cache() {
        return cache;
    }

    @Override
    public void close() throws SQLException {
        if (cache != null) {
            cache.close();
        }
        super.close();
    }

    // ---- plain statements

    @Override
    public Statement createStatement() throws SQLException {
        return timed(super.createStatement());
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return timed(super.createStatement(type, concurrency));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return timed(super.createStatement(type, concurrency, holdability));
    }

    private Statement timed(Statement statement) {
        return watch == null || statement == null ? statement : new TimedStatement(statement, watch);
    }

    // ---- prepared statements

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return prepared(sql, "plain", () -> super.prepareStatement(sql));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        return prepared(sql, keys, () -> super.prepareStatement(sql, keys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        Object how =
                columns == null ? "no columns" : Arrays.stream(columns).boxed().toList();
        return prepared(sql, how, () -> super.prepareStatement(sql, columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        Object how = columns == null ? "no columns" : Arrays.asList(columns.clone());
        return prepared(sql, List.of("columns", how), () -> super.prepareStatement(sql, columns));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return prepared(sql, new Kind(type, concurrency, null), () -> super.prepareStatement(sql, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepared(
                sql,
                new Kind(type, concurrency, holdability),
                () -> super.prepareStatement(sql, type, concurrency, holdability));
    }

    private PreparedStatement prepared(String sql, Object how, Preparation preparation) throws SQLException {
        StatementCache.Key key = cache == null ? null : key(sql, how);
        if (cache == null || key == null) {
            PreparedStatement made = preparation.prepare();
            return watch == null || made == null ? made : new PreparedStatementDecorator<>(made, watch, sql);
        }
        PreparedStatement idle = cache.take(key);
        return new CachedStatement(idle == null ? preparation.prepare() : idle, watch, cache, key);
    }

    /** Null if nobody knows what the same text would mean later. */
    private StatementCache.@Nullable Key key(String sql, Object how) {
        boolean known = sql != null
                && session.isCertain(Setting.CATALOG)
                && session.isCertain(Setting.SCHEMA)
                && session.isCertain(Setting.HOLDABILITY);
        return !known
                ? null
                : new StatementCache.Key(
                        sql,
                        how,
                        session.value(Setting.CATALOG),
                        session.value(Setting.SCHEMA),
                        session.value(Setting.HOLDABILITY));
    }

    private record Kind(int type, int concurrency, @Nullable Integer holdability) {}

    private interface Preparation {
        PreparedStatement prepare() throws SQLException;
    }

    // ---- calls; they are never cached, for no method of JDBC forgets their registered parameters

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        return timed(super.prepareCall(sql), sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        return timed(super.prepareCall(sql, type, concurrency), sql);
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        return timed(super.prepareCall(sql, type, concurrency, holdability), sql);
    }

    private CallableStatement timed(CallableStatement call, String sql) {
        return watch == null || call == null ? call : new CallableStatementDecorator(call, watch, sql);
    }
}
