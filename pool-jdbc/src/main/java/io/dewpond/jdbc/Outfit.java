package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection is given, and comes with: nothing by default.
 *
 * @param initSql is executed first
 * @param customizer prepares it then
 * @param statementCacheSize how many prepared statements it caches
 * @param watch times its statements, if it does
 * @param transactionPooling whether its session is another's after each transaction
 */
record Outfit(
        List<String> initSql,
        @Nullable ConnectionCustomizer customizer,
        int statementCacheSize,
        @Nullable Watch watch,
        boolean transactionPooling) {
    static final Outfit NONE = new Outfit(List.of(), null, 0, null, false);

    /** Prepares a new connection. In a transaction of its own: a rollback would undo much of what SQL sets. */
    void prepare(Connection driver) throws SQLException {
        if (initSql.isEmpty() && customizer == null) {
            return;
        }
        execute(driver, initSql);
        if (customizer != null) {
            customizer.customize(driver);
        }
        if (!driver.getAutoCommit()) {
            driver.commit();
        }
        driver.clearWarnings();
    }

    static void execute(Connection driver, List<String> texts) throws SQLException {
        if (texts.isEmpty()) {
            return;
        }
        try (Statement statement = driver.createStatement()) {
            for (String sql : texts) {
                statement.execute(sql);
            }
        }
    }

    /** Returns what the handles are to take for the driver's connection. */
    Connection over(Connection driver, Session session) {
        Watch timing = watch != null && watch.timesStatements() ? watch : null;
        Connection equipped = driver;
        if (transactionPooling) {
            equipped = new SharedSessionConnection(equipped);
        }
        if (statementCacheSize > 0 || timing != null) {
            StatementCache cache = statementCacheSize > 0 ? new StatementCache(statementCacheSize) : null;
            equipped = new EquippedConnection(equipped, session, cache, timing);
        }
        return equipped;
    }
}
