package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The contract on MariaDB, and what only that server shows; run by each driver. What JDBC calls a schema is a catalog to both
 * drivers, unless they are told otherwise, and setSchema does nothing then.
 */
abstract class MariaDbContract extends RealDatabaseContract {
    private static final int UNKNOWN_THREAD = 1094;
    private static final int READ_ONLY = 1290;

    /** Has the driver reset the session on each return. */
    abstract JdbcPoolConfig resetting(JdbcPoolConfig config);

    /** Returns a part of the URL that has the driver call schemas schemas. */
    abstract String schemasAreSchemas();

    /** Returns the fetch size that has the driver leave rows with the server. */
    abstract int rowsAtATime();

    /** Tells whether the driver knows of SET autocommit in the text of a statement. */
    abstract boolean learnsOfAutoCommitSetBySql();

    @BeforeAll
    static void serverIsThere() {
        MariaDb.require();
    }

    @Override
    String sessionId() {
        return "connection_id()";
    }

    @Override
    String publicSchema() {
        return "pooled";
    }

    @Override
    String dropAnotherSchema() {
        return "drop schema if exists another"; // all that is in it goes with it
    }

    @Override
    String numberedKey() {
        return "int auto_increment primary key";
    }

    @Override
    int isolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    @Override
    String schemaOf(Connection connection) throws SQLException {
        return connection.getCatalog();
    }

    @Override
    void setSchema(Connection connection, String schema) throws SQLException {
        connection.setCatalog(schema);
    }

    @Override
    JdbcPoolConfig schema(JdbcPoolConfig config, String schema) {
        return config.catalog(schema);
    }

    /** The server has no arrays; that it refuses one costs nothing. */
    @Override
    @Test
    @Tag("J8")
    void resultSetOfAnArrayIsWrappedAndEndsWithTheBorrow() throws SQLException {
        try (Connection connection = one.getConnection()) {
            assertThrows(
                    SQLFeatureNotSupportedException.class, () -> connection.createArrayOf("int", new Object[] {7, 8}));
        }
        one.getConnection().close();
        assertEquals(1, one.pool().stats().created());
    }

    // ---- the handle

    @Test
    @Tag("J8")
    void severalResultsAreReadOneByOneOrKeptAndEndWithTheirStatement() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).property("allowMultiQueries", "true"))) {
            readSeveralResults(ds);
        }
    }

    @Test
    @Tag("J8")
    void resultsOfACallLeadToItAndEndWithTheBorrow() throws SQLException {
        try (Connection bare = bare()) {
            update(bare, "create or replace procedure two_results() begin select 1; select 2; end");
        }
        Connection connection = one.getConnection();
        CallableStatement call = connection.prepareCall("{call two_results()}");
        assertTrue(call.execute());
        ResultSet first = call.getResultSet();
        assertSame(call, first.getStatement());
        assertTrue(first.next());
        assertTrue(call.getMoreResults());
        assertTrue(first.isClosed());
        ResultSet second = call.getResultSet();
        assertSame(call, second.getStatement());
        assertTrue(second.next());
        assertEquals(2, second.getInt(1));
        connection.close();
        assertTrue(call.isClosed());
        assertTrue(second.isClosed());
        try (Connection next = one.getConnection()) {
            assertEquals("1", text(next, "select 1"));
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J8")
    void resultThatIsStreamedAndLeftHalfReadDoesNotDisturbTheNextBorrower() throws SQLException {
        Connection connection = one.getConnection();
        Statement statement = connection.createStatement();
        statement.setFetchSize(rowsAtATime());
        ResultSet streamed = statement.executeQuery("select * from account order by id");
        assertTrue(streamed.next());
        assertEquals(1, streamed.getInt(1));
        connection.close();
        assertTrue(streamed.isClosed());
        try (Connection next = one.getConnection()) {
            assertEquals("400", text(next, "select sum(balance) from account"));
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J9")
    void defaultMethodOfJdbcIsAnsweredAsTheDriverAnswersIt() throws SQLException {
        try (Connection bare = bare();
                Statement driver = bare.createStatement();
                Connection connection = one.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals("`a b`", statement.enquoteIdentifier("a b", true));
            assertEquals(driver.enquoteIdentifier("a b", true), statement.enquoteIdentifier("a b", true));
            assertEquals(driver.enquoteLiteral("it's"), statement.enquoteLiteral("it's"));
            assertEquals(driver.isSimpleIdentifier("a b"), statement.isSimpleIdentifier("a b"));
            assertEquals(4, statement.executeLargeUpdate("update account set balance = balance + 1"));
            assertEquals(4, statement.getLargeUpdateCount());
            statement.setLargeMaxRows(2);
            assertEquals(2, statement.getLargeMaxRows());
            statement.addBatch("update account set balance = 0 where id = 1");
            statement.addBatch("update account set balance = 0 where id > 1");
            assertEquals(List.of(1L, 3L), boxed(statement.executeLargeBatch()));
            connection.beginRequest();
            connection.endRequest();
        }
    }

    private static List<Long> boxed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    @Test
    @Tag("J10")
    void abortFreesTheBorrowerThatWaitsForTheServer() throws Exception {
        String query = "select sleep(60) as '" + UUID.randomUUID() + "'";
        Connection connection = one.getConnection();
        String session = text(connection, "select connection_id()");
        Statement statement = connection.createStatement();
        Thread stuck = new Thread(() -> assertThrows(SQLException.class, () -> statement.execute(query)));
        stuck.start();
        try (Connection bare = bare()) {
            String running = "select count(*) from information_schema.processlist where id = " + session
                    + " and state = 'User sleep'";
            await().until(() -> text(bare, running).equals("1"));
            connection.abort(Runnable::run);
            stuck.join(20_000);
            assertFalse(stuck.isAlive(), () -> "it is still at " + Arrays.toString(stuck.getStackTrace()));
            try (Connection next = one.getConnection()) {
                assertEquals("1", text(next, "select 1"));
            }
            endSession(bare, session); // if the driver has not done so, the server would sleep on
        }
    }

    // ---- transactions

    @Test
    @Tag("J20")
    void serverHasNoTransactionOfWhoeverHasClosed() throws SQLException {
        for (boolean readOnly : new boolean[] {false, true}) {
            Connection connection = one.getConnection();
            String session = text(connection, "select connection_id()");
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            text(connection, "select sum(balance) from account");
            awaitTransactions(1, session);
            connection.close();
            awaitTransactions(0, session);
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J20")
    void locksOfWhoeverHasClosedAreFree() throws SQLException {
        try (Connection connection = one.getConnection()) {
            connection.setAutoCommit(false);
            update(connection, "update account set balance = 0 where id = 1");
        }
        try (Connection bare = bare()) {
            assertEquals("100", text(bare, "select balance from account where id = 1 for update nowait"));
        }
    }

    @Test
    @Tag("J24")
    void restoringLeavesNoTransactionOpenWhenAutoCommitIsOff() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).autoCommit(false))) {
            String session;
            try (Connection connection = ds.getConnection()) {
                session = text(connection, "select connection_id() from account where id = 1");
                connection.setCatalog("another");
                connection.commit();
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                connection.setReadOnly(true);
                text(connection, "select sum(balance) from pooled.account");
                awaitTransactions(1, session);
            }
            awaitTransactions(0, session);
            try (Connection connection = ds.getConnection()) {
                assertEquals("0", text(connection, "select @@in_transaction"));
                assertEquals("0", text(connection, "select @@autocommit"));
                assertEquals("pooled", text(connection, "select database()"));
                assertEquals("REPEATABLE-READ", text(connection, "select @@transaction_isolation"));
                assertEquals("0", text(connection, "select @@transaction_read_only"));
                assertEquals(session, text(connection, "select connection_id()"));
            }
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
                assertEquals("0", text(validated, "select @@in_transaction"));
            }
        }
    }

    // ---- settings

    @Test
    @Tag("J22")
    void timeoutTypesAndClientInfoDoNotOutliveTheBorrow() throws SQLException {
        Properties kept;
        try (Connection connection = one.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, 12_345);
            connection.setClientInfo("ApplicationName", "the first borrower");
            assertEquals("the first borrower", connection.getClientInfo("ApplicationName"));
            kept = connection.getClientInfo();
            assertEquals("the first borrower", kept.getProperty("ApplicationName"));
        }
        try (Connection connection = one.getConnection()) {
            kept.setProperty("ApplicationName", "whoever kept what he was given");
            Connection driver = connection.unwrap(driversConnection());
            assertEquals(0, driver.getNetworkTimeout());
            assertNull(driver.getClientInfo("ApplicationName"));
            assertNull(connection.getClientInfo("ApplicationName"));
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J22")
    void settingThatTheDriverIgnoresIsNotSaidToBeSet() throws SQLException {
        try (Connection connection = one.getConnection()) {
            connection.setSchema("another");
            assertNull(connection.getSchema());
            assertEquals("pooled", text(connection, "select database()"));
        }
        one.getConnection().close();
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J22")
    void schemaIsRestoredWhereTheDriverHasSchemas() throws SQLException {
        String url = url() + schemasAreSchemas();
        try (PooledDataSource ds = PooledDataSource.open(JdbcPoolConfig.of(url).maxSize(1))) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = ds.getConnection()) {
                    assertEquals("pooled", text(connection, "select database()"));
                    assertEquals("pooled", connection.getSchema());
                    connection.setSchema("another");
                    assertEquals("another", connection.getSchema());
                    assertEquals("another", text(connection, "select database()"));
                }
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J22")
    @Tag("J26")
    void connectionThatHadNoDatabaseIsNotLentWithThatOfTheBorrowerBefore() throws SQLException {
        for (String term : List.of("", schemasAreSchemas())) {
            String url = url().replace("/pooled?", "/?") + term;
            try (PooledDataSource ds =
                    PooledDataSource.open(JdbcPoolConfig.of(url).maxSize(1).acquireTimeout(Duration.ofSeconds(20)))) {
                try (Connection connection = ds.getConnection()) {
                    assertNull(text(connection, "select database()"));
                    if (term.isEmpty()) {
                        connection.setCatalog("another");
                        assertEquals("another", connection.getCatalog());
                    } else {
                        connection.setSchema("another");
                        assertEquals("another", connection.getSchema());
                    }
                    assertEquals("another", text(connection, "select database()"));
                }
                try (Connection connection = ds.getConnection()) {
                    assertNull(text(connection, "select database()"));
                }
                assertEquals(2, ds.pool().stats().created());
            }
        }
    }

    // ---- what SQL left behind

    @Test
    @Tag("J25")
    void autoCommitTurnedOffBySqlIsFoundWhereTheDriverLearnsOfItAndByARollbackAnyhow() throws SQLException {
        for (boolean rollsBack : learnsOfAutoCommitSetBySql() ? new boolean[] {true, false} : new boolean[] {true}) {
            try (PooledDataSource ds = PooledDataSource.open(
                    config().maxSize(1).checkAutoCommitOnRelease(!rollsBack).rollbackOnRelease(rollsBack))) {
                String session;
                try (Connection connection = ds.getConnection()) {
                    session = text(connection, "select connection_id()");
                    update(connection, "set autocommit = 0");
                    update(connection, "update account set balance = 0");
                }
                assertEquals(400, sum());
                try (Connection connection = ds.getConnection()) {
                    assertEquals(session, text(connection, "select connection_id()"));
                    assertEquals("1", text(connection, "select @@autocommit"));
                    assertTrue(connection.getAutoCommit());
                }
            }
        }
    }

    @Test
    @Tag("J25")
    void resetByTheDriverUndoesWhatSqlDidAndNotWhatEveryBorrowerFinds() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(resetting(config())
                .maxSize(1)
                .autoCommit(false)
                .catalog("another")
                .isolation(Connection.TRANSACTION_SERIALIZABLE)
                .connectionInitSql(List.of("set session lock_wait_timeout = 123")))) {
            String session = null;
            for (int round = 0; round < 3; round++) {
                try (Connection connection = ds.getConnection()) {
                    assertEquals("another", text(connection, "select database()"));
                    assertEquals("SERIALIZABLE", text(connection, "select @@transaction_isolation"));
                    assertEquals("0", text(connection, "select @@autocommit"));
                    assertEquals("123", text(connection, "select @@lock_wait_timeout"));
                    assertEquals("SYSTEM", text(connection, "select @@time_zone"));
                    assertNull(text(connection, "select @left_behind"));
                    assertNull(text(connection, "select is_used_lock('left behind')"));
                    assertEquals("Größe 5 €", echo(connection, "Größe 5 €"));
                    session = text(connection, "select connection_id()");
                    update(connection, "set time_zone = '+09:00'");
                    update(connection, "set session lock_wait_timeout = 7");
                    update(connection, "set @left_behind = 1");
                    update(connection, "create temporary table scratch (id int)");
                    text(connection, "select get_lock('left behind', 0)");
                    update(connection, "use information_schema");
                    connection.commit();
                }
                awaitTransactions(0, session);
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J25")
    void resetByTheDriverLeavesWhatTheConfigurationSetsThoughTheDriverMayBelieveItIsSet() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                resetting(config()).maxSize(1).readOnly(true).isolation(Connection.TRANSACTION_READ_COMMITTED))) {
            for (int round = 0; round < 3; round++) {
                try (Connection connection = ds.getConnection()) {
                    assertEquals("1", text(connection, "select @@transaction_read_only"));
                    assertEquals("READ-COMMITTED", text(connection, "select @@transaction_isolation"));
                    assertTrue(connection.isReadOnly());
                }
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J25")
    void resetByTheDriverLeavesTheDriverAndTheServerOfOneMind() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(resetting(config())
                .maxSize(1)
                .connectionCustomizer(connection -> connection.setNetworkTimeout(Runnable::run, 60_000)))) {
            try (Connection connection = ds.getConnection()) {
                update(connection, "set session transaction isolation level serializable");
            }
            try (Connection connection = ds.getConnection()) {
                assertEquals("REPEATABLE-READ", text(connection, "select @@transaction_isolation"));
                assertEquals(isolation(), connection.getTransactionIsolation());
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                assertEquals("SERIALIZABLE", text(connection, "select @@transaction_isolation"));
                assertEquals(60_000, connection.unwrap(driversConnection()).getNetworkTimeout());
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    private static String echo(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?")) {
            statement.setString(1, text);
            ResultSet result = statement.executeQuery();
            assertTrue(result.next());
            return result.getString(1);
        }
    }

    // ---- statements that are cached

    @Test
    @Tag("J47")
    void statementPreparedByTheServerIsKeptAndAChangeOfItsTableCostsOneFailureAtMost() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                config().maxSize(1).statementCacheSize(5).property("useServerPrepStmts", "true"))) {
            Object prepared = null;
            for (int id = 1; id <= 3; id++) {
                try (Connection connection = ds.getConnection();
                        PreparedStatement statement = byId(connection)) {
                    assertTrue(prepared == null || prepared == behind(statement));
                    prepared = behind(statement);
                    assertEquals(2, columns(statement, id));
                }
            }
            try (Connection bare = bare()) {
                update(bare, "alter table account add note varchar(9) first");
                update(bare, "create table another.account (id int primary key)");
                update(bare, "insert into another.account values (9)");
            }
            int failures = 0;
            for (int id = 1; id <= 3; id++) {
                try (Connection connection = ds.getConnection();
                        PreparedStatement statement = byId(connection)) {
                    assertEquals(3, columns(statement, id));
                } catch (SQLException outdated) { // MySQL's driver stumbles over columns that it has not prepared
                    failures++;
                }
            }
            assertTrue(failures <= 1, failures + " failures");
            try (Connection connection = ds.getConnection()) {
                connection.setCatalog("another");
                assertEquals(1, columns(byId(connection), 9));
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    private static PreparedStatement byId(Connection connection) throws SQLException {
        return connection.prepareStatement("select * from account where id = ?");
    }

    private static int columns(PreparedStatement statement, int id) throws SQLException {
        statement.setInt(1, id);
        ResultSet result = statement.executeQuery();
        assertTrue(result.next());
        assertEquals(id, result.getInt("id"));
        assertFalse(result.next());
        return result.getMetaData().getColumnCount();
    }

    // ---- errors

    @Test
    @Tag("J31")
    void killedSessionIsReplaced() throws SQLException {
        assertIsReplaced(MariaDbContract::endSession);
    }

    /** The error is raised by hand, for a test server without users lets everybody write. */
    @Test
    @Tag("J34")
    void serverThatHasBecomeReadOnlyCostsTheConnectionWhereAWriterIsNeeded() throws SQLException {
        String refusal = "signal sqlstate 'HY000' set mysql_errno = " + READ_ONLY + ", message_text = 'read-only'";
        for (boolean needsWriter : new boolean[] {true, false}) {
            try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).needsWriter(needsWriter))) {
                try (Connection connection = ds.getConnection()) {
                    SQLException refused = assertThrows(SQLException.class, () -> update(connection, refusal));
                    assertEquals(READ_ONLY, refused.getErrorCode());
                }
                ds.getConnection().close();
                assertEquals(needsWriter ? 2 : 1, ds.pool().stats().created());
            }
        }
    }

    @Test
    void sessionThatWasKilledWhileIdleIsFoundByTheValidation() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).validateAfterIdle(Duration.ZERO));
                Connection bare = bare()) {
            String session;
            try (Connection connection = ds.getConnection()) {
                session = text(connection, "select connection_id()");
            }
            endSession(bare, session);
            try (Connection connection = ds.getConnection()) {
                assertNotEquals(session, text(connection, "select connection_id()"));
            }
        }
    }

    // ---- tools

    private static void endSession(Connection by, String session) throws SQLException {
        try {
            update(by, "kill " + session);
        } catch (SQLException over) {
            assertEquals(UNKNOWN_THREAD, over.getErrorCode(), over.getMessage());
        }
        String there = "select count(*) from information_schema.processlist where id = " + session;
        await().until(() -> text(by, there).equals("0"));
    }

    /** Waits, for the server renews what it tells of transactions ten times in a second. */
    private void awaitTransactions(int count, String session) throws SQLException {
        String open = "select count(*) from information_schema.innodb_trx where trx_mysql_thread_id = " + session;
        try (Connection bare = bare()) {
            await().until(() -> text(bare, open).equals(String.valueOf(count)));
        }
    }
}
