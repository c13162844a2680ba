package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold on every database; run on each by a subclass. */
abstract class RealDatabaseContract {
    /** One connection only, so that each borrower follows another on the same one. */
    PooledDataSource one;

    /** Returns the URL of a database, with the user. */
    abstract String url();

    /** Returns the class of the driver's connection. */
    abstract Class<? extends Connection> driversConnection();

    /** Returns an expression that tells which session of the server a connection is. */
    abstract String sessionId();

    @BeforeEach
    final void open() throws SQLException {
        try (Connection bare = bare();
                Statement statement = bare.createStatement()) {
            statement.execute("drop table if exists account");
            statement.execute(dropAnotherSchema());
            statement.execute("create schema another");
            statement.execute("create table account (id int primary key, balance int not null)");
            statement.execute("insert into account values (1, 100), (2, 100), (3, 100), (4, 100)");
        }
        one = PooledDataSource.open(config().maxSize(1));
    }

    @AfterEach
    final void close() {
        one.close();
        assertEquals(0, one.pool().stats().total());
    }

    JdbcPoolConfig config() {
        return JdbcPoolConfig.of(url()).name("real").acquireTimeout(Duration.ofSeconds(20));
    }

    Connection bare() throws SQLException {
        return DriverManager.getConnection(url());
    }

    // ---- the handle

    @Test
    @Tag("J1")
    void eachBorrowHasAHandleOfItsOwnOnTheSameConnection() throws SQLException {
        Connection first = one.getConnection();
        String session = text(first, "select " + sessionId());
        first.close();
        Connection second = one.getConnection();
        assertNotSame(first, second);
        assertEquals(session, text(second, "select " + sessionId()));
        first.close();
        assertFalse(second.isClosed());
        assertEquals(1, one.pool().stats().leased());
        second.close();
        assertEquals(0, one.pool().stats().leased());
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J2")
    void closedHandleRefuses() throws SQLException {
        Connection closed = one.getConnection();
        assertTrue(closed.isValid(5));
        closed.close();
        assertTrue(closed.isClosed());
        assertFalse(closed.isValid(5));
        for (Attempt attempt : List.<Attempt>of(
                closed::createStatement,
                closed::getAutoCommit,
                closed::getMetaData,
                closed::rollback,
                closed::getWarnings,
                closed::getSchema)) {
            assertEquals(
                    "08003", assertThrows(SQLException.class, attempt::make).getSQLState());
        }
    }

    @Test
    @Tag("J4")
    void wayUpLeadsToTheHandles() throws SQLException {
        try (Connection connection = one.getConnection();
                PreparedStatement statement = connection.prepareStatement("select ?");
                ResultSet result = query(statement)) {
            assertSame(connection, statement.getConnection());
            assertSame(statement, result.getStatement());
            assertSame(connection, result.getStatement().getConnection());
            assertSame(connection, connection.getMetaData().getConnection());
        }
    }

    @Test
    @Tag("J5")
    void whatIsKeptPastCloseDoesNotReachTheNextBorrowersConnection() throws SQLException {
        Connection first = one.getConnection();
        PreparedStatement statement = first.prepareStatement("select ?");
        ResultSet result = query(statement);
        DatabaseMetaData metaData = first.getMetaData();
        var columns = result.getMetaData();
        var parameters = statement.getParameterMetaData();
        first.close();
        try (Connection second = one.getConnection()) {
            for (Attempt attempt : List.<Attempt>of(
                    result::next,
                    () -> statement.setString(1, "x"),
                    statement::executeQuery,
                    statement::getConnection,
                    () -> metaData.getTables(null, null, null, null),
                    metaData::getConnection,
                    () -> columns.getColumnName(1),
                    parameters::getParameterCount)) {
                assertThrows(SQLException.class, attempt::make);
            }
            assertTrue(statement.isClosed());
            assertTrue(result.isClosed());
            assertEquals("1", text(second, "select 1"));
        }
    }

    @Test
    @Tag("J6")
    void unwrapFindsTheDriversConnectionWhileOpen() throws SQLException {
        Connection connection = one.getConnection();
        assertTrue(connection.isWrapperFor(driversConnection()));
        assertTrue(driversConnection().isInstance(connection.unwrap(driversConnection())));
        assertSame(connection, connection.unwrap(Connection.class));
        assertFalse(connection.isWrapperFor(String.class));
        assertThrows(SQLException.class, () -> connection.unwrap(String.class));
        connection.close();
        assertThrows(SQLException.class, () -> connection.unwrap(driversConnection()));
        assertThrows(SQLException.class, () -> connection.isWrapperFor(driversConnection()));
    }

    @Test
    @Tag("J7")
    void everythingLeftOpenIsClosedAndTheConnectionReturned() throws SQLException {
        List<Statement> statements = new ArrayList<>();
        List<ResultSet> results = new ArrayList<>();
        try (Connection connection = one.getConnection()) {
            for (int i = 0; i < 3; i++) {
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select * from account");
                result.next();
                results.add(result.unwrap(driversResultSet(result)));
                statements.add(statement.unwrap(driversStatement(statement)));
            }
            ResultSet tables = connection.getMetaData().getTables(null, null, "%", null);
            results.add(tables.unwrap(driversResultSet(tables)));
        }
        for (Statement statement : statements) {
            assertTrue(statement.isClosed());
        }
        for (ResultSet result : results) {
            assertTrue(result.isClosed());
        }
        assertEquals(1, one.pool().stats().idle());
    }

    @Test
    @Tag("J8")
    void statementClosesOnCompletionWithItsLastResult() throws SQLException {
        try (Connection connection = one.getConnection()) {
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            ResultSet result = statement.executeQuery("select * from account");
            assertTrue(result.next());
            assertFalse(statement.isClosed());
            result.close();
            assertTrue(statement.isClosed());
            assertThrows(SQLException.class, () -> statement.executeQuery("select 1"));
            assertFalse(((ConnectionHandle) connection).hasOpen());
        }
    }

    @Test
    @Tag("J8")
    void generatedKeysLeadToTheStatementAndEndWithTheBorrow() throws SQLException {
        try (Connection bare = bare()) {
            update(bare, "drop table if exists numbered");
            update(bare, "create table numbered (id " + numberedKey() + ", what varchar(9))");
        }
        Connection connection = one.getConnection();
        PreparedStatement insert =
                connection.prepareStatement("insert into numbered (what) values (?)", new String[] {"id"});
        insert.setString(1, "one");
        insert.executeUpdate();
        ResultSet keys = insert.getGeneratedKeys();
        assertSame(insert, keys.getStatement());
        assertTrue(keys.next());
        assertEquals(1, keys.getInt(1));
        ResultSet driver = keys.unwrap(driversResultSet(keys));
        connection.close();
        assertTrue(driver.isClosed());
        assertThrows(SQLException.class, keys::next);
    }

    @Test
    @Tag("J8")
    void resultSetOfAnArrayIsWrappedAndEndsWithTheBorrow() throws SQLException {
        Connection connection = one.getConnection();
        PreparedStatement statement = connection.prepareStatement("select cast(? as int array)");
        statement.setArray(1, connection.createArrayOf("int", new Object[] {7, 8}));
        ResultSet result = statement.executeQuery();
        assertTrue(result.next());
        ResultSet elements = result.getArray(1).getResultSet();
        assertNull(elements.getStatement());
        assertTrue(elements.next());
        assertEquals(7, elements.getInt(2));
        connection.close();
        assertTrue(elements.isClosed());
        assertThrows(SQLException.class, elements::next);
        assertEquals(1, one.pool().stats().idle());
    }

    // ---- transactions

    @Test
    @Tag("J20")
    void openTransactionIsRolledBack() throws SQLException {
        try (Connection connection = one.getConnection()) {
            connection.setAutoCommit(false);
            update(connection, "update account set balance = 0");
        }
        assertEquals(400, sum());
        try (Connection connection = one.getConnection()) {
            assertTrue(connection.getAutoCommit());
            update(connection, "update account set balance = 1 where id = 1");
        }
        assertEquals(301, sum());
    }

    @Test
    @Tag("J20")
    void committedTransactionStays() throws SQLException {
        try (Connection connection = one.getConnection()) {
            connection.setAutoCommit(false);
            update(connection, "update account set balance = 0");
            connection.commit();
            update(connection, "update account set balance = 77");
        }
        assertEquals(0, sum());
    }

    @Test
    @Tag("J21")
    void transactionIsRolledBackAlsoWhenItsConnectionIsClosedForGood() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().drainTimeout(Duration.ZERO))) {
            Connection connection = ds.getConnection();
            connection.setAutoCommit(false);
            update(connection, "update account set balance = 0");
            ds.close();
            assertThrows(SQLException.class, () -> update(connection, "update account set balance = 1"));
            connection.close();
        }
        assertEquals(400, sum());
    }

    @Test
    @Tag("J20")
    void crowdThatForgetsToCommitOrCloseLosesAndDoublesNothing() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(8);
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(3))) {
            List<Future<Integer>> transferred = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                transferred.add(crowd.submit(() -> transferAtRandom(ds, 50)));
            }
            int committed = 0;
            for (Future<Integer> one : transferred) {
                committed += one.get();
            }
            assertTrue(committed > 0);
            assertEquals(0, ds.pool().stats().leased());
            assertTrue(ds.pool().stats().created() <= 3, ds.pool().stats().toString());
        } finally {
            crowd.shutdownNow();
        }
        assertEquals(400, sum());
    }

    private int transferAtRandom(PooledDataSource ds, int times) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int committed = 0;
        for (int i = 0; i < times; i++) {
            try (Connection connection = ds.getConnection()) {
                assertTrue(connection.getAutoCommit());
                assertEquals(isolation(), connection.getTransactionIsolation());
                if (random.nextInt(4) == 0) {
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    continue;
                }
                connection.setAutoCommit(false);
                PreparedStatement move =
                        connection.prepareStatement("update account set balance = balance + ? where id = ?");
                move.setInt(1, -5);
                move.setInt(2, 1); // all lock the same row first, so that none locks another out
                assertEquals(1, move.executeUpdate());
                if (random.nextInt(3) == 0) {
                    continue; // half a transfer, left to the pool
                }
                move.setInt(1, 5);
                move.setInt(2, 2);
                assertEquals(1, move.executeUpdate());
                connection.commit();
                committed++;
            }
        }
        return committed;
    }

    // ---- settings

    @Test
    @Tag("J22")
    void nextBorrowerFindsTheSettingsOfTheFirst() throws SQLException {
        String schema;
        int holdability;
        try (Connection connection = one.getConnection()) {
            schema = schemaOf(connection);
            holdability = connection.getHoldability();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            setSchema(connection, anotherSchema());
            connection.setHoldability(
                    holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT
                            ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                            : ResultSet.HOLD_CURSORS_OVER_COMMIT);
            assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
            assertEquals(anotherSchema(), schemaOf(connection));
        }
        try (Connection connection = one.getConnection()) {
            assertTrue(connection.getAutoCommit());
            assertEquals(isolation(), connection.getTransactionIsolation());
            assertFalse(connection.isReadOnly());
            assertEquals(schema, schemaOf(connection));
            assertEquals(holdability, connection.getHoldability());
            Connection driver = connection.unwrap(driversConnection());
            assertTrue(driver.getAutoCommit());
            assertEquals(isolation(), driver.getTransactionIsolation());
            assertFalse(driver.isReadOnly());
            assertEquals(schema, schemaOf(driver));
            assertEquals(holdability, driver.getHoldability());
            update(connection, "update account set balance = 0");
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    @Tag("J22")
    void everyBorrowerFindsTheConfiguredDefaults() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(schema(config(), anotherSchema())
                .maxSize(1)
                .autoCommit(false)
                .isolation(Connection.TRANSACTION_SERIALIZABLE))) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = ds.getConnection()) {
                    assertFalse(connection.getAutoCommit());
                    assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
                    assertEquals(anotherSchema(), schemaOf(connection));
                    Connection driver = connection.unwrap(driversConnection());
                    assertFalse(driver.getAutoCommit());
                    assertEquals(Connection.TRANSACTION_SERIALIZABLE, driver.getTransactionIsolation());
                    connection.rollback();
                    connection.setAutoCommit(true);
                    connection.setTransactionIsolation(isolation());
                    setSchema(connection, publicSchema());
                }
            }
            assertEquals(1, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J25")
    void autoCommitTurnedOffBySqlOrItsTransactionDoesNotOutliveTheBorrow() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                config().maxSize(1).checkAutoCommitOnRelease(true).rollbackOnRelease(true))) {
            try (Connection connection = ds.getConnection()) {
                update(connection, "begin");
                update(connection, "update account set balance = 0");
            }
            assertEquals(400, sum());
            try (Connection connection = ds.getConnection()) {
                assertTrue(connection.getAutoCommit());
                assertTrue(connection.unwrap(driversConnection()).getAutoCommit());
                update(connection, "update account set balance = 1 where id = 1");
            }
            assertEquals(301, sum());
            assertEquals(1, ds.pool().stats().created());
        }
    }

    // ---- statements that are cached

    @Test
    @Tag("J47")
    void cachedStatementHasNothingOfItsLastUser() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).statementCacheSize(5))) {
            Object prepared;
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select * from account where id >= ?")) {
                prepared = behind(statement);
                statement.setMaxRows(1);
                statement.setFetchSize(1);
                statement.setQueryTimeout(7);
                statement.setInt(1, 1);
                assertTrue(statement.execute());
                statement.getResultSet().next();
            }
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select * from account where id >= ?")) {
                assertSame(prepared, behind(statement));
                assertEquals(0, statement.getMaxRows());
                assertEquals(0, statement.getQueryTimeout());
                assertNull(statement.getWarnings());
                assertThrows(SQLException.class, statement::executeQuery, "the parameter is not set");
            }
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select * from account where id >= ?")) {
                statement.setInt(1, 1);
                ResultSet result = statement.executeQuery();
                int rows = 0;
                while (result.next()) {
                    rows++;
                }
                assertEquals(4, rows);
            }
        }
    }

    @Test
    @Tag("J47")
    void cachedStatementsEndWithTheirConnection() throws SQLException {
        Statement prepared;
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).statementCacheSize(5))) {
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement("select 1")) {
                prepared = (Statement) behind(statement);
                statement.executeQuery();
            }
            assertFalse(prepared.isClosed());
        }
        assertTrue(prepared.isClosed());
    }

    @Test
    @Tag("J47")
    void tableThatChangedCostsAStatementAtMostAndNeverTheNextUser() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config().maxSize(1).statementCacheSize(5))) {
            for (int i = 0; i < 10; i++) { // often enough to be kept by the server as well
                try (Connection connection = ds.getConnection()) {
                    assertEquals(2, columns(connection));
                }
            }
            try (Connection bare = bare()) {
                update(bare, "alter table account add note varchar(9)");
            }
            int failures = 0;
            try (Connection connection = ds.getConnection()) {
                connection.setAutoCommit(false); // so that the driver can't repeat it behind our back
                assertEquals(3, columns(connection));
            } catch (SQLException outdated) {
                failures++;
            }
            for (int i = 0; i < 3; i++) {
                try (Connection connection = ds.getConnection()) {
                    connection.setAutoCommit(false);
                    assertEquals(3, columns(connection));
                }
            }
            assertTrue(failures <= 1);
            assertEquals(1, ds.pool().stats().created());
        }
    }

    private static int columns(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select * from account");
                ResultSet result = statement.executeQuery()) {
            assertTrue(result.next());
            return result.getMetaData().getColumnCount();
        }
    }

    /** Returns the driver's statement behind a handle of a pool that caches, without spoiling it. */
    static Object behind(Statement handle) {
        return ((Decorator<?>) ((StatementHandle<?>) handle).driver()).bare();
    }

    // ---- errors

    @Test
    @Tag("J30")
    void violatedKeyAndMistakeInTheSqlKeepTheConnection() throws SQLException {
        String session;
        try (Connection connection = one.getConnection()) {
            session = text(connection, "select " + sessionId());
            assertThrows(SQLException.class, () -> update(connection, "insert into account values (1, 0)"));
            assertThrows(SQLException.class, () -> update(connection, "selekt"));
            try (PreparedStatement incomplete = connection.prepareStatement("select ?")) {
                assertThrows(SQLException.class, incomplete::executeQuery);
            }
        }
        try (Connection connection = one.getConnection()) {
            assertEquals(session, text(connection, "select " + sessionId()));
        }
        assertEquals(1, one.pool().stats().created());
    }

    // ---- what databases call differently

    String anotherSchema() {
        return "another";
    }

    String publicSchema() {
        return "public";
    }

    String dropAnotherSchema() {
        return "drop schema if exists another cascade";
    }

    /** Returns the type of a key that numbers its rows from 1. */
    String numberedKey() {
        return "int generated by default as identity primary key";
    }

    /** Returns the isolation of who asks for none. */
    int isolation() {
        return Connection.TRANSACTION_READ_COMMITTED;
    }

    /** Tells where names without a schema are looked for. */
    String schemaOf(Connection connection) throws SQLException {
        return connection.getSchema();
    }

    /** Has names without a schema looked for elsewhere. */
    void setSchema(Connection connection, String schema) throws SQLException {
        connection.setSchema(schema);
    }

    /** Has each borrower begin in a schema. */
    JdbcPoolConfig schema(JdbcPoolConfig config, String schema) {
        return config.schema(schema);
    }

    // ---- tools

    /** Something that is expected to fail. */
    interface Attempt {
        void make() throws SQLException;
    }

    /** For databases that take several statements at once. */
    static void readSeveralResults(PooledDataSource ds) throws SQLException {
        try (Connection connection = ds.getConnection();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute("select 1; select 2; select 3; update account set balance = 0"));
            ResultSet first = statement.getResultSet();
            assertTrue(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
            ResultSet second = statement.getResultSet();
            assertTrue(first.next() && second.next());
            assertEquals(3, first.getInt(1) + second.getInt(1));
            assertTrue(statement.getMoreResults(Statement.CLOSE_CURRENT_RESULT));
            assertFalse(first.isClosed());
            assertTrue(second.isClosed());
            ResultSet third = statement.getResultSet();
            assertSame(statement, third.getStatement());
            assertFalse(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS));
            assertTrue(first.isClosed() && third.isClosed());
            assertEquals(4, statement.getUpdateCount());
        }
    }

    /** Ends a session from without. */
    interface End {
        void of(Connection by, String session) throws SQLException;
    }

    final void assertIsReplaced(End end) throws SQLException {
        String ask = "select " + sessionId();
        String session;
        try (Connection connection = one.getConnection();
                Connection bare = bare()) {
            session = text(connection, ask);
            end.of(bare, session);
            SQLException lost = assertThrows(SQLException.class, () -> text(connection, "select 1"));
            assertTrue(Judge.STANDARD.ends(lost), lost.toString());
        }
        try (Connection connection = one.getConnection()) {
            assertNotEquals(session, text(connection, ask));
        }
        assertEquals(2, one.pool().stats().created());
    }

    static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }

    static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    final int sum() throws SQLException {
        try (Connection bare = bare()) {
            return Integer.parseInt(text(bare, "select sum(balance) from account"));
        }
    }

    private static ResultSet query(PreparedStatement statement) throws SQLException {
        statement.setString(1, "one");
        return statement.executeQuery();
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends Statement> driversStatement(Statement handle) {
        return (Class<? extends Statement>)
                ((StatementHandle<?>) handle).driver().getClass();
    }

    private static Class<? extends ResultSet> driversResultSet(ResultSet handle) {
        return ((ResultSetHandle) handle).driver().getClass();
    }
}
