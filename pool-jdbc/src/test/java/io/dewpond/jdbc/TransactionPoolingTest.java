package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pool before a proxy that gives each transaction another session. */
class TransactionPoolingTest {
    private final RecordingDriver driver = new RecordingDriver();
    private final JdbcPoolConfig config =
            JdbcPoolConfig.of(driver::connection).name("proxied").maxSize(1).transactionPooling(true);

    @Test
    @Tag("J49")
    void connectAsksForNothingThatTheSessionKnows() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            ds.getConnection().close();
            assertEquals(
                    List.of(
                            "Connection.getAutoCommit",
                            "Connection.isReadOnly",
                            "Connection.getHoldability",
                            "Connection.getNetworkTimeout",
                            "Connection.getTypeMap",
                            "Connection.getClientInfo"),
                    driver.calls());
        }
    }

    @Test
    @Tag("J49")
    void settingsOfASessionAreRefusedAndCostNoConnection() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            try (Connection connection = ds.getConnection()) {
                driver.forget();
                for (RealDatabaseContract.Attempt attempt : List.<RealDatabaseContract.Attempt>of(
                        () -> connection.setCatalog("another"),
                        () -> connection.setSchema("another"),
                        () -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE))) {
                    SQLException refused = assertThrows(SQLFeatureNotSupportedException.class, attempt::make);
                    assertTrue(refused.getMessage().contains("transactionPooling"), refused.getMessage());
                }
                assertEquals(List.of(), driver.calls());
                assertEquals("schema at connect", connection.getSchema());
                assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
            }
            ds.getConnection().close();
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J49")
    void releaseSetsNothingInTheSession() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            Connection connection = ds.getConnection();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.createStatement().close();
            driver.forget();
            connection.close();
            assertEquals(
                    List.of(
                            "Connection.rollback",
                            "Connection.setAutoCommit[true]",
                            "Connection.setReadOnly[false]",
                            "Connection.clearWarnings"),
                    driver.calls());
        }
    }

    @Test
    @Tag("J49")
    void nothingIsRolledBackThatIsNotOpen() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            Connection connection = ds.getConnection();
            connection.createStatement().close();
            connection.commit();
            driver.forget();
            connection.close();
            assertEquals(List.of("Connection.clearWarnings"), driver.calls());
            driver.forget();
        }
        assertEquals(List.of("Connection.close"), driver.calls());
    }

    @Test
    @Tag("J49")
    @Tag("J21")
    void openTransactionIsRolledBackBeforeTheEnd() throws SQLException {
        PooledDataSource ds = PooledDataSource.open(config.drainTimeout(Duration.ZERO));
        Connection connection = ds.getConnection();
        connection.setAutoCommit(false);
        connection.createStatement();
        driver.forget();
        ds.close();
        List<String> ends = driver.calls().stream()
                .filter(call -> call.equals("Connection.rollback") || call.equals("Connection.close"))
                .toList();
        assertEquals(List.of("Connection.rollback", "Connection.close"), ends);
    }

    @Test
    @Tag("J49")
    void whatNeedsASessionIsRefusedByName() {
        for (JdbcPoolConfig conflict : List.of(
                config.isolation(Connection.TRANSACTION_SERIALIZABLE),
                config.catalog("shop"),
                config.schema("shop"),
                config.connectionInitSql(List.of("set role shop")),
                config.resetStatement("DISCARD ALL"),
                config.connectionReset(connection -> {}),
                config.rollbackOnRelease(true),
                config.statementCacheSize(10))) {
            String message = assertThrows(IllegalArgumentException.class, () -> PooledDataSource.open(conflict))
                    .getMessage();
            assertTrue(
                    message.matches(
                            ".*: (isolation|catalog|schema|connectionInitSql|resetStatement|connectionReset|rollbackOnRelease"
                                    + "|statementCacheSize) is .*, but must not be set with transactionPooling: .*"),
                    message);
            assertEquals(1, conflict.problems().size());
        }
        assertEquals(
                List.of(),
                config.autoCommit(false).readOnly(true).requestBoundaries(true).problems());
    }

    /** Two clients on one session of the server, by turns: whatever either leaves there, the other would find. */
    @Test
    @Tag("J49")
    void poolsThatShareASessionBehindPgBouncerDoNotMeet() throws Exception {
        try (PgBouncer bouncer = PgBouncer.startOrSkip();
                PooledDataSource one = PooledDataSource.open(proxied(bouncer, "one"));
                PooledDataSource two =
                        PooledDataSource.open(proxied(bouncer, "two").autoCommit(false))) {
            Set<String> sessions = new HashSet<>();
            for (int round = 0; round < 20; round++) {
                try (Connection mine = one.getConnection();
                        Connection theirs = two.getConnection()) {
                    mine.setAutoCommit(false);
                    mine.setReadOnly(true);
                    try (Statement statement = mine.createStatement()) {
                        statement.execute("set local search_path to pg_catalog");
                        statement.execute("set transaction isolation level serializable");
                    }
                    assertEquals("on", ask(mine, "show transaction_read_only"));
                    sessions.add(ask(mine, "select pg_backend_pid()::text"));
                    if (round % 2 == 0) {
                        mine.commit();
                    } else {
                        mine.rollback();
                    }
                    sessions.add(ask(theirs, "select pg_backend_pid()::text"));
                    assertEquals("off", ask(theirs, "show transaction_read_only"));
                    assertEquals("read committed", ask(theirs, "show transaction_isolation"));
                    assertTrue(ask(theirs, "show search_path").contains("public"));
                    assertThrows(SQLException.class, () -> theirs.setSchema("pg_catalog"));
                    if (round % 3 > 0) {
                        theirs.commit();
                    } // else the pool has to end it, or the next round would wait for the only session
                }
            }
            assertEquals(1, one.pool().stats().created());
            assertEquals(1, two.pool().stats().created());
            assertEquals(1, sessions.size(), "share one session of the server");
        }
    }

    private static JdbcPoolConfig proxied(PgBouncer bouncer, String name) {
        return JdbcPoolConfig.of(bouncer.url())
                .name(name)
                .maxSize(1)
                .property("prepareThreshold", "0")
                .validateAfterIdle(Duration.ZERO)
                .acquireTimeout(Duration.ofSeconds(20))
                .transactionPooling(true);
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
