package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prepared statements that outlive their users, and what doesn't. */
class StatementCacheTest {
    private static final String SQL = "select ?";

    private final RecordingDriver driver = new RecordingDriver();
    private final PooledDataSource ds = PooledDataSource.open(
            JdbcPoolConfig.of(driver::connection).name("cached").maxSize(1).statementCacheSize(3));

    @AfterEach
    void close() {
        ds.close();
    }

    private interface Preparation {
        PreparedStatement on(Connection connection) throws SQLException;
    }

    private interface Use {
        void of(PreparedStatement statement) throws SQLException;
    }

    /** Returns the driver's statement behind a handle, without spoiling it. */
    private static Object behind(PreparedStatement handle) {
        return ((Decorator<?>) ((StatementHandle<?>) handle).driver()).bare();
    }

    private Object prepareAndClose(Preparation preparation) throws SQLException {
        try (Connection connection = ds.getConnection();
                PreparedStatement statement = preparation.on(connection)) {
            return behind(statement);
        }
    }

    private Object use(String sql) throws SQLException {
        return prepareAndClose(connection -> connection.prepareStatement(sql));
    }

    private int cached() throws SQLException {
        try (Connection connection = ds.getConnection()) {
            return ((EquippedConnection)
                            ((ConnectionHandle) connection).physical().driver())
                    .cache()
                    .size();
        }
    }

    @Test
    @Tag("J47")
    void nextWhoPreparesTheSameGetsTheStatementInAHandleOfItsOwn() throws SQLException {
        PreparedStatement first;
        Object prepared;
        try (Connection connection = ds.getConnection()) {
            first = connection.prepareStatement(SQL);
            prepared = behind(first);
        } // closes it too
        try (Connection connection = ds.getConnection()) {
            PreparedStatement second = connection.prepareStatement(SQL);
            assertSame(prepared, behind(second));
            assertNotSame(first, second);
            assertSame(connection, second.getConnection());
            driver.forget();
            first.close();
            assertThrows(SQLException.class, first::execute);
            assertEquals(List.of(), driver.calls());
            assertFalse(second.isClosed());
        }
        assertEquals(0, driver.calls("Connection.prepareStatement").size());
        assertEquals(0, driver.calls("Statement.close").size());
    }

    @Test
    @Tag("J47")
    void statementsAreToldApartByAllThatMatters() throws SQLException {
        List<Preparation> preparations = List.of(
                connection -> connection.prepareStatement(SQL),
                connection -> connection.prepareStatement(SQL + " "),
                connection -> connection.prepareStatement(SQL, Statement.NO_GENERATED_KEYS),
                connection -> connection.prepareStatement(SQL, Statement.RETURN_GENERATED_KEYS),
                connection -> connection.prepareStatement(SQL, new int[] {1}),
                connection -> connection.prepareStatement(SQL, new int[] {2}),
                connection -> connection.prepareStatement(SQL, new String[] {"id"}),
                connection -> connection.prepareStatement(SQL, new String[] {"id", "name"}),
                connection -> connection.prepareStatement(SQL, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
                connection ->
                        connection.prepareStatement(SQL, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY),
                connection -> connection.prepareStatement(SQL, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE),
                connection -> connection.prepareStatement(
                        SQL,
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY,
                        ResultSet.HOLD_CURSORS_OVER_COMMIT),
                connection -> connection.prepareStatement(
                        SQL,
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY,
                        ResultSet.CLOSE_CURSORS_AT_COMMIT),
                connection -> {
                    connection.setSchema("another");
                    return connection.prepareStatement(SQL);
                },
                connection -> {
                    connection.setCatalog("another");
                    return connection.prepareStatement(SQL);
                },
                connection -> {
                    connection.setHoldability(2);
                    return connection.prepareStatement(SQL);
                });
        try (PooledDataSource roomy = PooledDataSource.open(ds.config().statementCacheSize(100))) {
            List<Object> prepared = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < preparations.size(); i++) {
                    try (Connection connection = roomy.getConnection();
                            PreparedStatement statement = preparations.get(i).on(connection)) {
                        if (round == 0) {
                            assertFalse(prepared.contains(behind(statement)), "number " + i);
                            prepared.add(behind(statement));
                        } else {
                            assertSame(prepared.get(i), behind(statement), "number " + i);
                        }
                    }
                }
            }
        }
    }

    @Test
    @Tag("J47")
    void leastRecentlyUsedGoesWhenThereIsNoRoom() throws SQLException {
        Object one = use("1");
        Object two = use("2");
        Object three = use("3");
        assertSame(one, use("1"));
        driver.forget();
        use("4");
        assertEquals(1, driver.calls("Statement.close").size());
        assertSame(two, driver.target("Statement.close"));
        assertSame(one, use("1"));
        assertSame(three, use("3"));
        assertNotSame(two, use("2"));
        assertEquals(3, cached());
    }

    @Test
    @Tag("J47")
    void statementInUseIsNotSharedAndOneOfTheTwoIsKept() throws SQLException {
        try (Connection connection = ds.getConnection()) {
            PreparedStatement one = connection.prepareStatement(SQL);
            PreparedStatement two = connection.prepareStatement(SQL);
            assertNotSame(behind(one), behind(two));
            one.close();
            driver.forget();
            two.close();
            assertEquals(1, driver.calls("Statement.close").size());
        }
        assertEquals(1, cached());
    }

    @Test
    @Tag("J47")
    void nothingOfTheLastUserIsLeft() throws SQLException {
        driver.answer("Statement.getMaxFieldSize", 11);
        driver.answer("Statement.getMaxRows", 12);
        driver.answer("Statement.getQueryTimeout", 13);
        driver.answer("Statement.getFetchDirection", ResultSet.FETCH_UNKNOWN);
        driver.answer("Statement.getFetchSize", 14);
        try (Connection connection = ds.getConnection()) {
            PreparedStatement statement = connection.prepareStatement(SQL);
            statement.setString(1, "secret");
            statement.addBatch();
            statement.execute();
            statement.getResultSet();
            for (int twice = 1; twice <= 2; twice++) {
                statement.setMaxFieldSize(twice);
                statement.setMaxRows(twice);
                statement.setQueryTimeout(twice);
                statement.setFetchDirection(ResultSet.FETCH_REVERSE);
                statement.setFetchSize(twice);
            }
            statement.setPoolable(true);
            driver.forget();
            statement.close();
        }
        assertEquals(
                List.of(
                        "ResultSet.close",
                        "Statement.isClosed",
                        "Statement.getMoreResults[" + Statement.CLOSE_ALL_RESULTS + "]",
                        "PreparedStatement.clearParameters",
                        "Statement.clearBatch",
                        "Statement.setMaxFieldSize[11]",
                        "Statement.setMaxRows[12]",
                        "Statement.setQueryTimeout[13]",
                        "Statement.setFetchDirection[" + ResultSet.FETCH_UNKNOWN + "]",
                        "Statement.setFetchSize[14]",
                        "Statement.clearWarnings"),
                driver.calls().subList(0, 11));
        assertEquals(1, cached());
        driver.forget();
        use(SQL);
        assertTrue(driver.calls().stream().noneMatch(call -> call.startsWith("Statement.set")), "set back once");
    }

    @Test
    @Tag("J47")
    void largeLimitOfRowsIsSetBackAsSuch() throws SQLException {
        driver.answer("Statement.getLargeMaxRows", 1L << 40);
        try (Connection connection = ds.getConnection();
                PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLargeMaxRows(7);
            statement.setMaxRows(8);
            driver.forget();
        }
        assertEquals(List.of("Statement.setLargeMaxRows[" + (1L << 40) + "]"), driver.calls("Statement.setL"));
        assertEquals(0, driver.calls("Statement.setMaxRows").size());
    }

    @Test
    @Tag("J47")
    void whatCanNotBeUndoneIsNotCached() throws SQLException {
        for (Use use : List.<Use>of(
                Statement::closeOnCompletion,
                statement -> statement.setPoolable(false),
                statement -> statement.setCursorName("mine"),
                statement -> statement.setEscapeProcessing(false),
                statement ->
                        statement.unwrap(driver.make(PreparedStatement.class).getClass()))) {
            try (Connection connection = ds.getConnection();
                    PreparedStatement statement = connection.prepareStatement(SQL)) {
                use.of(statement);
                driver.forget();
            }
            assertEquals(1, driver.calls("Statement.close").size());
            assertEquals(0, cached());
        }
    }

    @Test
    @Tag("J47")
    void statementThatFailedIsClosedAndNotTriedAgain() throws SQLException {
        Object broken = use(SQL);
        driver.fail("PreparedStatement.execute", new SQLException("cached plan must not change result type", "0A000"));
        try (Connection connection = ds.getConnection()) {
            PreparedStatement statement = connection.prepareStatement(SQL);
            assertSame(broken, behind(statement));
            driver.forget();
            assertThrows(SQLException.class, statement::execute);
            assertEquals(1, driver.calls("PreparedStatement.execute").size());
            statement.close();
            assertEquals(1, driver.calls("Statement.close").size());
            driver.fail("PreparedStatement.execute", null);
            assertNotSame(broken, behind(connection.prepareStatement(SQL)));
        }
    }

    @Test
    @Tag("J47")
    void statementThatCanNotBeCleanedIsClosed() throws SQLException {
        for (Throwable failure : List.of(
                new SQLFeatureNotSupportedException("no"), new AbstractMethodError(), new IllegalStateException())) {
            driver.fail("Statement.clearBatch", failure);
            driver.forget();
            use(SQL);
            assertEquals(1, driver.calls("Statement.close").size());
        }
        driver.fail("Statement.clearBatch", null);
        driver.answer("Statement.isClosed", true);
        use(SQL);
        assertEquals(0, cached());
    }

    @Test
    @Tag("J47")
    void statementClosedTwiceIsKeptOnce() throws SQLException {
        StatementCache cache = new StatementCache(3);
        StatementCache.Key key = new StatementCache.Key(SQL, "plain", null, null, null);
        CachedStatement use = new CachedStatement(driver.make(PreparedStatement.class), null, cache, key);
        assertFalse(use.isClosed());
        use.close();
        assertTrue(use.isClosed());
        assertTrue(cache.take(key) != null);
        use.close();
        assertNull(cache.take(key));
    }

    /** One connection may have several threads; and who comes late to close a statement may meet the next borrower. */
    @Test
    @Tag("J47")
    void rivalsNeverHoldTheSameStatementAndNoneIsForgotten() throws Exception {
        StatementCache cache = new StatementCache(2);
        AtomicInteger open = new AtomicInteger();
        Set<PreparedStatement> held = ConcurrentHashMap.newKeySet();
        CyclicBarrier start = new CyclicBarrier(4);
        List<CompletableFuture<Void>> rivals = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int rival = 0; rival < 4; rival++) {
            rivals.add(CompletableFuture.runAsync(
                    () -> {
                        try {
                            start.await();
                            for (int i = 0; i < 20_000; i++) {
                                StatementCache.Key key = new StatementCache.Key("" + i % 3, "plain", null, null, null);
                                PreparedStatement taken = cache.take(key);
                                PreparedStatement mine = taken == null ? counted(open) : taken;
                                assertTrue(held.add(mine), "is another's");
                                held.remove(mine);
                                cache.give(key, mine);
                            }
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    },
                    threads));
        }
        try {
            rivals.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(2, cache.size());
        assertEquals(2, open.get());
    }

    /** A statement that knows nothing but to be closed, once. */
    private static PreparedStatement counted(AtomicInteger open) {
        open.incrementAndGet();
        return (PreparedStatement) Proxy.newProxyInstance(
                StatementCacheTest.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "close" -> {
                        open.decrementAndGet();
                        yield null;
                    }
                    default -> throw new AssertionError(method);
                });
    }

    @Test
    @Tag("J47")
    void lostConnectionTakesItsStatementsWithIt() throws SQLException {
        Object lost = use(SQL);
        driver.fail("Connection.nativeSQL", new SQLException("gone", "08006"));
        try (Connection connection = ds.getConnection()) {
            connection.prepareStatement("select 2").close();
            assertThrows(SQLException.class, () -> connection.nativeSQL("select 1"));
        }
        assertEquals(0, cached());
        assertNotSame(lost, use(SQL));
        assertEquals(2, ds.pool().stats().created());
    }

    @Test
    @Tag("J47")
    void whatIsCachedIsClosedBeforeTheConnectionAndTheFirstFailureIsEnough() throws SQLException {
        use("1");
        use("2");
        driver.forget();
        ds.close();
        assertEquals(List.of("Statement.close", "Statement.close", "Connection.close"), driver.calls());
        driver.fail("Statement.close", new SQLException("gone", "08006"));
        try (PooledDataSource other = PooledDataSource.open(ds.config())) {
            try (Connection connection = other.getConnection()) {
                connection.prepareStatement("1");
                connection.prepareStatement("2");
            }
            driver.forget();
        }
        assertEquals(List.of("Statement.close", "Connection.close"), driver.calls());
    }

    @Test
    @Tag("J47")
    void nothingIsCachedWhileNobodyKnowsTheSchema() throws SQLException {
        driver.fail("Connection.setSchema", new SQLException("too slow", "57014"));
        try (Connection connection = ds.getConnection()) {
            assertThrows(SQLException.class, () -> connection.setSchema("another"));
            PreparedStatement statement = connection.prepareStatement(SQL);
            assertFalse(((StatementHandle<?>) statement).driver() instanceof Decorator<?>);
            driver.fail("Connection.setSchema", null);
        }
    }

    @Test
    @Tag("J47")
    void driverWithoutSchemasCachesAllTheSame() throws SQLException {
        driver.fail("Connection.getSchema", new SQLFeatureNotSupportedException());
        Object prepared = use(SQL);
        assertSame(prepared, use(SQL));
    }

    @Test
    @Tag("J47")
    void nothingIsCachedByDefaultAndCallsNever() throws SQLException {
        try (PooledDataSource plain = PooledDataSource.open(ds.config().statementCacheSize(0));
                Connection connection = plain.getConnection()) {
            PreparedStatement statement = connection.prepareStatement(SQL);
            assertFalse(((StatementHandle<?>) statement).driver() instanceof Decorator<?>);
            driver.forget();
            statement.close();
            assertEquals(List.of("Statement.close"), driver.calls());
        }
        try (Connection connection = ds.getConnection()) {
            driver.forget();
            connection.prepareCall("call f()").close();
            connection.createStatement().close();
            assertEquals(2, driver.calls("Statement.close").size());
        }
        assertEquals(0, cached());
    }
}
