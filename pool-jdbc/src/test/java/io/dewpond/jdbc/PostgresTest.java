package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PGobject;

/** The contract on PostgreSQL, and what only a real server shows. */
class PostgresTest extends RealDatabaseContract {
    /** What the server knows this test's sessions by: one that another test aborted may still be at its query there. */
    private final String application = "pooled " + UUID.randomUUID();

    @Override
    String url() {
        return Postgres.url();
    }

    @Override
    JdbcPoolConfig config() {
        return super.config().property("ApplicationName", application);
    }

    @Override
    Class<? extends Connection> driversConnection() {
        return org.postgresql.jdbc.PgConnection.class;
    }

    @Override
    String sessionId() {
        return "pg_backend_pid()";
    }

    @Test
    @Tag("J20")
    void readOnlyTransactionIsRolledBackToo() throws SQLException {
        try (Connection connection = one.getConnection()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            text(connection, "select 1");
        }
        assertEquals("idle", stateOfTheIdleSession());
    }

    @Test
    @Tag("J22")
    void timeoutTypesClientInfoAndWarningsDoNotOutliveTheBorrow() throws SQLException {
        try (Connection connection = one.getConnection()) {
            assertEquals(application, connection.getClientInfo("ApplicationName"));
            connection.setNetworkTimeout(Runnable::run, 12_345);
            connection.setTypeMap(Map.of("point", PGobject.class));
            connection.setClientInfo("ApplicationName", "the first borrower");
            connection.setClientInfo("NoSuchName", "leaves a warning");
            assertEquals("the first borrower", text(connection, "show application_name"));
            assertTrue(connection.getWarnings() != null);
        }
        try (Connection connection = one.getConnection()) {
            Connection driver = connection.unwrap(driversConnection());
            assertEquals(0, driver.getNetworkTimeout());
            assertEquals(Map.of(), driver.getTypeMap());
            assertEquals(application, driver.getClientInfo("ApplicationName"));
            assertEquals(application, text(connection, "show application_name"));
            assertNull(driver.getWarnings());
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J24")
    void restoringLeavesNoTransactionOpenWhenAutoCommitIsOff() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).autoCommit(false))) {
            try (Connection connection = ds.getConnection()) {
                connection.setSchema("another");
                connection.commit();
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                text(connection, "select 1");
            }
            assertEquals("idle", stateOfTheIdleSession());
            try (Connection connection = ds.getConnection()) {
                assertEquals("public", text(connection, "select current_schema()"));
                assertEquals("read committed", text(connection, "show transaction isolation level"));
            }
            assertEquals("idle", stateOfTheIdleSession());
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J24")
    void validationLeavesNoTransactionOpenWhenAutoCommitIsOff() throws SQLException {
        try (PooledDataSource ds =
                PooledDataSource.open(config().maxSize(1).autoCommit(false).validateAfterIdle(Duration.ZERO))) {
            ds.getConnection().close();
            try (Connection validated = ds.getConnection()) {
                assertFalse(validated.getAutoCommit());
                assertEquals("idle", stateOfTheIdleSession());
            }
        }
    }

    @Test
    @Tag("J23")
    void sessionThatChangedNothingDidNothingSinceItsQuery() throws SQLException {
        String asked;
        try (Connection connection = one.getConnection()) {
            asked = text(connection, "select 'the last query'");
        }
        try (Connection bare = bare()) {
            assertEquals(
                    "select 'the last query'",
                    text(bare, "select query from pg_stat_activity where application_name = '" + application + "'"));
        }
        assertEquals("the last query", asked);
    }

    @Test
    @Tag("J34")
    void serverThatHasBecomeReadOnlyCostsTheConnectionWhereAWriterIsNeeded() throws SQLException {
        for (boolean needsWriter : new boolean[] {true, false}) {
            try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).needsWriter(needsWriter))) {
                try (Connection connection = ds.getConnection()) {
                    update(connection, "set default_transaction_read_only = on");
                    SQLException refused = assertThrows(
                            SQLException.class, () -> update(connection, "update account set balance = 0"));
                    assertEquals("25006", refused.getSQLState());
                }
                ds.getConnection().close();
                assertEquals(needsWriter ? 2 : 1, ds.pool().stats().created());
            }
        }
    }

    @Test
    void terminatedSessionIsReplaced() throws SQLException {
        assertIsReplaced((bare, session) -> text(bare, "select pg_terminate_backend(" + session + ", 5000)"));
    }

    @Test
    @Tag("J10")
    void abortFreesTheBorrowerThatWaitsForTheServer() throws Exception {
        Connection connection = one.getConnection();
        Statement statement = connection.createStatement();
        Thread stuck =
                new Thread(() -> assertThrows(SQLException.class, () -> statement.execute("select pg_sleep(60)")));
        stuck.start();
        try (Connection bare = bare()) {
            while (!text(bare, "select count(*) from pg_stat_activity where query = 'select pg_sleep(60)'")
                    .equals("1")) {
                Thread.onSpinWait();
            }
        }
        connection.abort(Runnable::run);
        stuck.join(20_000);
        assertFalse(stuck.isAlive());
        try (Connection next = one.getConnection()) {
            assertEquals("1", text(next, "select 1"));
        }
    }

    @Test
    @Tag("J8")
    void severalResultsAreReadOneByOneOrKeptAndEndWithTheirStatement() throws SQLException {
        readSeveralResults(one);
    }

    @Test
    @Tag("J8")
    void arraysAndCursorsLeadToTheHandles() throws SQLException {
        try (Connection connection = one.getConnection()) {
            var array = connection.createArrayOf("int", new Object[] {1, 2, 3});
            try (var statement = connection.prepareStatement("select ?::int[]")) {
                statement.setArray(1, array);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    assertEquals("ArrayHandle[{1,2,3}]", result.getArray(1).toString());
                    assertEquals("ArrayHandle[{1,2,3}]", result.getObject(1).toString());
                    try (ResultSet elements = result.getArray(1).getResultSet()) {
                        assertNull(elements.getStatement());
                        assertTrue(elements.next());
                    }
                }
            }
            connection.setAutoCommit(false);
            update(
                    connection,
                    "create function pg_temp.all_accounts() returns refcursor language plpgsql as $$"
                            + " declare c refcursor; begin open c for select * from account; return c; end $$");
            try (var call = connection.prepareCall("{? = call pg_temp.all_accounts()}")) {
                call.registerOutParameter(1, java.sql.Types.REF_CURSOR);
                call.execute();
                ResultSet cursor = (ResultSet) call.getObject(1);
                assertEquals(call, cursor.getStatement());
                assertTrue(cursor.next());
                try (var fetch = connection.prepareCall("{? = call pg_temp.all_accounts()}")) {
                    fetch.registerOutParameter(1, java.sql.Types.REF_CURSOR);
                    fetch.execute();
                    assertEquals(fetch, fetch.getObject(1, ResultSet.class).getStatement());
                }
            }
        }
        assertEquals(1, one.pool().stats().idle());
    }

    @Test
    @Tag("J22")
    void searchPathOfSeveralSchemasIsRestoredAsAWhole() throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1)
                    .autoCommit(autoCommit)
                    .connectionInitSql(List.of("set search_path to another, public, \"$user\"")))) {
                try (Connection connection = ds.getConnection()) {
                    assertEquals("another", connection.getSchema());
                    connection.setSchema("pg_catalog");
                    assertEquals("pg_catalog", text(connection, "show search_path"));
                    assertEquals("pg_catalog", connection.getSchema());
                }
                try (Connection connection = ds.getConnection()) {
                    assertEquals("another, public, \"$user\"", text(connection, "show search_path"));
                    assertEquals("another", connection.getSchema());
                }
                assertEquals(1, ds.pool().stats().created());
            }
        }
    }

    @Test
    @Tag("J25")
    void resetStatementUndoesWhatSqlDidAndNotWhatEveryBorrowerFinds() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1)
                .autoCommit(false)
                .schema("another")
                .isolation(Connection.TRANSACTION_SERIALIZABLE)
                .connectionInitSql(List.of("set statement_timeout to 12345"))
                .resetStatement(JdbcPoolConfig.RESET_POSTGRESQL))) {
            for (int round = 0; round < 2; round++) {
                try (Connection connection = ds.getConnection()) {
                    assertEquals("another", text(connection, "show search_path"));
                    assertEquals("serializable", text(connection, "show transaction isolation level"));
                    assertEquals("12345ms", text(connection, "show statement_timeout"));
                    assertNotEquals("Asia/Tokyo", text(connection, "show time zone"));
                    assertEquals("0", text(connection, "select count(*) from pg_locks where locktype = 'advisory'"));
                    update(connection, "set session time zone 'Asia/Tokyo'");
                    update(connection, "set statement_timeout to 0");
                    update(connection, "set search_path to pg_catalog");
                    update(connection, "create temporary table scratch (id int)");
                    text(connection, "select pg_advisory_lock(17)");
                    connection.commit();
                }
            }
            assertEquals("idle", stateOfTheIdleSession());
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J25")
    void transactionBegunBySqlEndsWithTheBorrowOneWayOrAnother() throws SQLException {
        for (boolean rollsBack : new boolean[] {true, false}) {
            try (PooledDataSource ds = PooledDataSource.open(
                    config().maxSize(1).rollbackOnRelease(rollsBack).resetStatement(JdbcPoolConfig.RESET_POSTGRESQL))) {
                try (Connection connection = ds.getConnection()) {
                    update(connection, "begin");
                    update(connection, "update account set balance = 0");
                }
                try (Connection connection = ds.getConnection()) {
                    assertEquals("400", text(connection, "select sum(balance) from account"));
                }
                // Without a rollback the statement fails, for it can't run in a transaction.
                assertEquals(rollsBack ? 1 : 2, ds.pool().stats().created());
            }
        }
    }

    @Test
    @Tag("J47")
    void serverThatRefusesACachedPlanCostsOneFailureAndTheStatement() throws SQLException {
        try (PooledDataSource ds =
                PooledDataSource.open(config().maxSize(1).statementCacheSize(5).property("prepareThreshold", "1"))) {
            Object prepared;
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select * from account")) {
                prepared = behind(statement);
                statement.executeQuery();
                statement.executeQuery();
            }
            try (Connection bare = bare()) {
                update(bare, "alter table account add note text");
            }
            try (Connection connection = ds.getConnection()) {
                connection.setAutoCommit(false);
                PreparedStatement statement = connection.prepareStatement("select * from account");
                assertEquals(prepared, behind(statement));
                SQLException refused = assertThrows(SQLException.class, statement::executeQuery);
                assertEquals("0A000", refused.getSQLState(), refused.getMessage());
                statement.close();
                connection.rollback();
                PreparedStatement next = connection.prepareStatement("select * from account");
                assertNotEquals(prepared, behind(next));
                assertEquals(3, next.executeQuery().getMetaData().getColumnCount());
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    /** Asks the server what the pool's sessions are doing. */
    private String stateOfTheIdleSession() throws SQLException {
        try (Connection bare = bare()) {
            return text(
                    bare,
                    "select string_agg(distinct state, ', ') from pg_stat_activity where application_name = '"
                            + application + "'");
        }
    }
}
