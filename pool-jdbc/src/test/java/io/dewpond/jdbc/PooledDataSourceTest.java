package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.ManualTicker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pool as a DataSource: how it lends, how it refuses, how it ends. */
class PooledDataSourceTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final RecordingDriver driver = new RecordingDriver();

    private JdbcPoolConfig recorded() {
        return JdbcPoolConfig.of(driver::connection).name("recorded").maxSize(1);
    }

    /** Opens with everything connected, however long that takes, and has nothing validated before a lease. */
    private static JdbcPoolConfig warm(JdbcPoolConfig config) {
        return config.minIdle(1).warmUp(Duration.ofSeconds(20)).validateAfterIdle(Duration.ofDays(1));
    }

    /** A pool that has seen a connect fail, so that even the shortest wait can tell the cause. */
    private static PooledDataSource failing(ConnectionFactory broken) {
        PooledDataSource ds =
                PooledDataSource.open(JdbcPoolConfig.of(broken).minIdle(1).acquireTimeout(SHORT));
        await().until(() -> ds.pool().stats().creationFailures() > 0);
        return ds;
    }

    private static JdbcPoolConfig h2(String database) {
        return JdbcPoolConfig.of("jdbc:h2:mem:" + database)
                .user("sa")
                .password("right")
                .name(database);
    }

    // ---- lending

    @Test
    @Tag("J1")
    void twoThreadsThatCloseAtOnceReturnEachConnectionOnce() throws Exception {
        int size = 50;
        int batches = 100_000 / size;
        Connection[] lent = new Connection[size];
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService rival = Executors.newSingleThreadExecutor();
        try (PooledDataSource ds = PooledDataSource.open(recorded().maxSize(size))) {
            Future<?> closing = rival.submit(() -> {
                for (int i = 0; i < batches; i++) {
                    closeAll(lent, together);
                }
                return null;
            });
            for (int i = 0; i < batches; i++) {
                Set<Object> different = Collections.newSetFromMap(new IdentityHashMap<>());
                for (int j = 0; j < size; j++) {
                    lent[j] = ds.getConnection();
                    different.add(((ConnectionHandle) lent[j]).physical());
                }
                assertEquals(size, different.size());
                closeAll(lent, together);
                assertEquals(0, ds.pool().stats().leased());
                assertEquals(size, ds.pool().stats().idle());
            }
            closing.get();
            assertEquals(size, ds.pool().stats().created());
        } finally {
            rival.shutdownNow();
        }
    }

    private static void closeAll(Connection[] connections, CyclicBarrier together) throws Exception {
        together.await();
        for (Connection connection : connections) {
            connection.close();
        }
        together.await();
    }

    @Test
    @Tag("J11")
    void connectionInAnUnknownStateIsReplacedAndThePlaceComesBack() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded())) {
            driver.fail("Connection.nativeSQL", new StackOverflowError("bug"));
            PhysicalConnection broken;
            try (Connection connection = ds.getConnection()) {
                broken = ((ConnectionHandle) connection).physical();
                assertThrows(StackOverflowError.class, () -> connection.nativeSQL("select 1"));
            }
            try (Connection connection = ds.getConnection()) {
                assertNotSame(broken, ((ConnectionHandle) connection).physical());
            }
            assertEquals(2, ds.pool().stats().created());
        }
    }

    @Test
    void connectionThatTheDriverFindsInvalidIsReplaced() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded())) {
            try (Connection connection = ds.getConnection()) {
                assertTrue(connection.isValid(5));
            }
            try (Connection connection = ds.getConnection()) {
                driver.answer("Connection.isValid", false);
                assertFalse(connection.isValid(5));
                assertEquals(1, ds.pool().stats().created());
            }
            ds.getConnection().close();
            assertEquals(2, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J26")
    void restoreThatFailsCostsTheConnectionAndNotTheBorrower() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded())) {
            try (Connection connection = ds.getConnection()) {
                connection.setSchema("another");
                driver.fail("Connection.setSchema", new SQLException("no", "42000"));
            }
            try (Connection connection = ds.getConnection()) {
                assertEquals("schema at connect", connection.getSchema());
            }
            assertEquals(2, ds.pool().stats().created());
            await().untilAsserted(() ->
                    assertEquals(1, driver.calls("Connection.close").size()));
        }
    }

    @Test
    @Tag("J21")
    void everyPhysicalCloseOfAnOpenTransactionRollsBackFirst() throws SQLException {
        PooledDataSource ds = PooledDataSource.open(recorded());
        Connection connection = ds.getConnection();
        connection.setAutoCommit(false);
        connection.createStatement();
        driver.fail("Connection.nativeSQL", new SQLException("lost", "08006"));
        assertThrows(SQLException.class, () -> connection.nativeSQL("select 1"));
        driver.forget();
        connection.close();
        ds.close();
        assertEquals(List.of("Connection.rollback", "Connection.close"), driver.calls());
    }

    @Test
    void connectionsAreReplacedAtTheEndOfTheirLifetimeOrIdleTime() throws SQLException {
        ManualTicker time = new ManualTicker();
        JdbcPoolConfig config = recorded().maxLifetime(Duration.ofMinutes(10)).idleTimeout(Duration.ofMinutes(2));
        try (PooledDataSource ds =
                PooledDataSource.open(config.withPool(config.engine().ticker(time)))) {
            ds.getConnection().close();
            time.advance(Duration.ofSeconds(110));
            ds.getConnection().close();
            assertEquals(1, ds.pool().stats().created());
            time.advance(Duration.ofSeconds(121));
            ds.getConnection().close();
            assertEquals(2, ds.pool().stats().created());
            for (int i = 0; i < 6; i++) {
                time.advance(Duration.ofSeconds(100));
                ds.getConnection().close();
            }
            assertEquals(3, ds.pool().stats().created());
        }
    }

    @Test
    void longestValidationTimeoutIsNoShortOne() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                recorded().validateAfterIdle(Duration.ZERO).validationTimeout(PoolConfig.LONGEST))) {
            ds.getConnection().close();
            driver.forget();
            ds.getConnection().close();
            assertEquals(
                    Set.of("Connection.isValid[" + Integer.MAX_VALUE + "]"),
                    Set.copyOf(driver.calls("Connection.isValid")));
        }
    }

    @Test
    void idleConnectionIsValidatedByTheDriverBeforeItIsLent() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                recorded().validateAfterIdle(Duration.ZERO).validationTimeout(Duration.ofMillis(2500)))) {
            ds.getConnection().close();
            driver.forget();
            ds.getConnection().close();
            // Twice, if the first validation ends before the borrower has joined the queue.
            assertEquals(Set.of("Connection.isValid[3]"), Set.copyOf(driver.calls("Connection.isValid")));
            driver.answer("Connection.isValid", false);
            ds.getConnection().close();
            assertEquals(2, ds.pool().stats().created());
        }
    }

    // ---- refusing

    @Test
    @Tag("J41")
    void timeoutOfABusyPoolTellsItsState() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(warm(recorded()).acquireTimeout(SHORT))) {
            try (Connection held = ds.getConnection()) {
                SQLTransientConnectionException refused =
                        assertThrows(SQLTransientConnectionException.class, ds::getConnection);
                String message = refused.getMessage();
                assertTrue(message.contains("recorded"), message);
                assertTrue(message.contains("1 leased"), message);
                assertTrue(message.contains(Thread.currentThread().getName()), message);
                assertEquals("08001", refused.getSQLState());
                assertFalse(held.isClosed());
            }
        }
    }

    @Test
    @Tag("G17")
    void threadThatHoldsTheOnlyConnectionIsToldThatItWaitedForItself() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(warm(recorded()).acquireTimeout(SHORT))) {
            try (Connection held = ds.getConnection()) {
                SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
                AcquireTimeoutException timeout = assertInstanceOf(AcquireTimeoutException.class, refused.getCause());
                assertTrue(timeout.selfDeadlock());
                assertEquals(timeout.getMessage(), refused.getMessage());
                assertTrue(refused.getMessage().contains("waiting for itself"), refused.getMessage());
                assertFalse(held.isClosed());
            }
        }
    }

    @Test
    @Tag("G57")
    void connectionThatWasForgottenIsClosedAndItsPlaceComesBack() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().acquireTimeout(Duration.ZERO))) {
            await().until(() -> forget(ds));
            await().until(() -> {
                System.gc();
                return forget(ds);
            });
            assertEquals(1, ds.pool().stats().lost());
            assertEquals(1, ds.pool().stats().destroyed());
        }
    }

    @Test
    @Tag("G57")
    void connectionThatWasForgottenWithWhatIsOpenOnItIsClosedToo() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().acquireTimeout(Duration.ZERO))) {
            await().until(() -> forgetWithAStatement(ds));
            await().until(() -> {
                System.gc();
                return forget(ds);
            });
            assertEquals(1, ds.pool().stats().lost());
        }
    }

    @Test
    @Tag("G57")
    void closedConnectionThatIsKeptHidesNoForgottenOne() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().acquireTimeout(Duration.ZERO))) {
            List<Connection> kept = new ArrayList<>();
            await().until(() -> {
                try (Connection connection = ds.getConnection()) {
                    connection.createStatement();
                    return kept.add(connection);
                } catch (SQLTransientConnectionException nothingYet) {
                    return false;
                }
            });
            assertTrue(forgetWithAStatement(ds));
            await().until(() -> {
                System.gc();
                return forget(ds);
            });
            assertEquals(1, ds.pool().stats().lost());
            assertTrue(kept.get(0).isClosed());
        }
    }

    @Test
    @Tag("G57")
    void connectionOfAStatementThatIsKeptIsNotLost() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().maxSize(2).acquireTimeout(Duration.ZERO))) {
            List<Statement> kept = new ArrayList<>();
            await().until(() -> {
                try {
                    return kept.add(ds.getConnection().createStatement());
                } catch (SQLTransientConnectionException nothingYet) {
                    return false;
                }
            });
            await().until(() -> forgetWithAStatement(ds));
            await().until(() -> {
                System.gc();
                return forget(ds); // the pool has looked at both
            });
            assertEquals(1, ds.pool().stats().lost());
            assertFalse(kept.get(0).isClosed());
            kept.get(0).getConnection().close();
        }
    }

    private static boolean forgetWithAStatement(PooledDataSource ds) throws SQLException {
        try {
            return ds.getConnection().createStatement().executeQuery("select 1") != null;
        } catch (SQLTransientConnectionException nothingYet) {
            return false;
        }
    }

    /** Takes a connection, if there is one, and neither closes nor keeps it. */
    private static boolean forget(PooledDataSource ds) throws SQLException {
        try {
            return !ds.getConnection().isClosed();
        } catch (SQLTransientConnectionException nothingYet) {
            return false;
        }
    }

    @Test
    @Tag("J41")
    void timeoutOfAFailingPoolIsTheFailureOfTheLastConnect() {
        SQLException down = new SQLException("the server is down", "08S01", 1234);
        ConnectionFactory wrapping = () -> {
            throw new IllegalStateException("wrapped", down);
        };
        try (PooledDataSource ds = failing(wrapping)) {
            SQLTransientConnectionException refused =
                    assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertEquals("08S01", refused.getSQLState());
            assertEquals(1234, refused.getErrorCode());
            assertSame(down, refused.getCause().getCause());
            await().until(() -> ds.pool().stats().total() == 0);
        }
    }

    @Test
    @Tag("J41")
    void interruptKeepsItsFlag() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded());
                Connection held = ds.getConnection()) {
            Thread.currentThread().interrupt();
            SQLException refused = assertThrows(SQLException.class, ds::getConnection);
            assertTrue(Thread.interrupted());
            assertInstanceOf(InterruptedException.class, refused.getCause());
            assertFalse(held.isClosed());
        }
    }

    @Test
    @Tag("J41")
    void tooManyWaitingIsRefusedAtOnce() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(
                        recorded().maxWaiters(0).minIdle(1).warmUp(Duration.ofSeconds(20)));
                Connection held = ds.getConnection()) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertInstanceOf(AcquireRejectedException.class, refused.getCause());
            assertFalse(held.isClosed());
        }
    }

    @Test
    @Tag("J46")
    void closedPoolRefuses() {
        PooledDataSource ds = PooledDataSource.open(recorded());
        ds.close();
        ds.close();
        assertTrue(assertThrows(SQLNonTransientConnectionException.class, ds::getConnection)
                .getMessage()
                .contains("recorded"));
    }

    // ---- bad input

    @Test
    void wrongPasswordFailsTheOpeningThatWarmsUpAndLeavesNothing() throws SQLException {
        try (Connection keepsTheDatabase = DriverManager.getConnection("jdbc:h2:mem:warm", "sa", "right")) {
            JdbcPoolConfig config = h2("warm")
                    .password("wr0ng-one")
                    .minIdle(2)
                    .warmUp(Duration.ofSeconds(20))
                    .failFast(true);
            CreationFailedException refused =
                    assertThrows(CreationFailedException.class, () -> PooledDataSource.open(config));
            SQLException said = assertInstanceOf(SQLException.class, refused.getCause());
            assertEquals("28000", said.getSQLState());
            assertFalse(refused.toString().contains("wr0ng-one"), refused.toString());
            assertEquals("1", sessions(keepsTheDatabase));
            await().untilAsserted(() -> assertEquals(List.of(), threadsOf("warm")));
        }
    }

    @Test
    @Tag("J41")
    void wrongPasswordIsTheCauseOfTheTimeout() throws SQLException {
        try (Connection keepsTheDatabase = DriverManager.getConnection("jdbc:h2:mem:late", "sa", "right");
                PooledDataSource ds =
                        PooledDataSource.open(h2("late").password("wr0ng-one").acquireTimeout(Duration.ofSeconds(3)))) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            SQLException said = assertInstanceOf(SQLInvalidAuthorizationSpecException.class, refused.getCause());
            assertEquals("28000", refused.getSQLState());
            assertEquals(said.getErrorCode(), refused.getErrorCode());
            assertFalse(refused.toString().contains("wr0ng-one"), refused.toString());
            assertEquals("1", sessions(keepsTheDatabase));
        }
    }

    @Test
    void wrongPasswordIsReportedAtOnceByAPoolThatFailsFast() throws SQLException {
        try (Connection keepsTheDatabase = DriverManager.getConnection("jdbc:h2:mem:fast", "sa", "right");
                PooledDataSource ds = PooledDataSource.open(
                        h2("fast").password("wrong").failFast(true).acquireTimeout(Duration.ofHours(1)))) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertEquals("28000", refused.getSQLState());
            assertEquals("1", sessions(keepsTheDatabase));
        }
    }

    @Test
    void passwordThatADriverPrintsGoesNoFurther() {
        ConnectionFactory telling = () -> {
            throw new SQLException("can't connect to jdbc:x:host?user=ann&password=hush", "08001");
        };
        try (PooledDataSource ds = failing(telling)) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertTrue(refused.getMessage().contains("user=ann&password=***"), refused.getMessage());
            assertFalse(
                    refused.getCause().toString().contains("hush"),
                    refused.getCause().toString());
        }
    }

    @Test
    void factoryThatReturnsNullIsReported() {
        try (PooledDataSource ds = failing(() -> (Connection) null)) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertTrue(refused.getCause().getMessage().contains("returned null"), refused.toString());
            await().until(() -> ds.pool().stats().total() == 0);
        }
    }

    @Test
    void causesInACircleAreGoneThroughOnce() {
        IllegalStateException one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        ConnectionFactory circular = () -> {
            throw one;
        };
        try (PooledDataSource ds = failing(circular)) {
            SQLException refused = assertThrows(SQLTransientConnectionException.class, ds::getConnection);
            assertEquals("08001", refused.getSQLState());
            assertSame(one, refused.getCause());
        }
    }

    @Test
    void driverIsGivenTheUserThePasswordAndTheProperties() throws SQLException {
        JdbcPoolConfig config = h2("given").property("IFEXISTS", "TRUE").acquireTimeout(Duration.ofSeconds(20));
        try (PooledDataSource ds = PooledDataSource.open(config.failFast(true))) {
            SQLException refused = assertThrows(SQLException.class, ds::getConnection);
            assertEquals("90146", refused.getSQLState()); // H2: the database doesn't exist
        }
        try (Connection keepsTheDatabase = DriverManager.getConnection("jdbc:h2:mem:given", "sa", "right");
                PooledDataSource ds = PooledDataSource.open(config);
                Connection connection = ds.getConnection()) {
            assertEquals("SA", RealDatabaseContract.text(connection, "select current_user"));
            assertEquals("2", sessions(keepsTheDatabase));
            assertSame(config, ds.config());
            assertEquals(
                    "PooledDataSource[JdbcPoolConfig[name=given, url=jdbc:h2:mem:given, user=sa, minIdle=0, maxSize=10]]",
                    ds.toString());
        }
    }

    // ---- a DataSource among others

    @Test
    @Tag("J44")
    void nothingGlobalIsTouched() throws SQLException {
        int timeout = DriverManager.getLoginTimeout();
        PrintWriter log = DriverManager.getLogWriter();
        long drivers = DriverManager.drivers().count();
        try {
            DriverManager.setLoginTimeout(77);
            PrintWriter own = new PrintWriter(new StringWriter());
            DriverManager.setLogWriter(own);
            JdbcPoolConfig config = h2("global").createTimeout(Duration.ofSeconds(3));
            try (PooledDataSource ds = PooledDataSource.open(config)) {
                try (Connection connection = ds.getConnection()) {
                    assertTrue(connection.isValid(5));
                }
                assertThrows(SQLFeatureNotSupportedException.class, () -> ds.setLoginTimeout(5));
                assertThrows(SQLFeatureNotSupportedException.class, () -> ds.setLogWriter(own));
                ds.setLogWriter(null);
            }
            assertEquals(77, DriverManager.getLoginTimeout());
            assertSame(own, DriverManager.getLogWriter());
            assertEquals(drivers, DriverManager.drivers().count());
        } finally {
            DriverManager.setLoginTimeout(timeout);
            DriverManager.setLogWriter(log);
        }
    }

    @Test
    void nothingGlobalIsAskedForEither() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().acquireTimeout(Duration.ofMillis(1500)))) {
            assertEquals(2, ds.getLoginTimeout());
            assertNull(ds.getLogWriter());
            assertThrows(SQLFeatureNotSupportedException.class, ds::getParentLogger);
            assertThrows(SQLFeatureNotSupportedException.class, ds::createConnectionBuilder);
        }
    }

    @Test
    @Tag("J46")
    void unwrapGivesThePoolItselfOrTheDriversDataSource() throws SQLException {
        DirectDataSource h2 = new DirectDataSource("jdbc:h2:mem:wrapped");
        try (PooledDataSource ds = PooledDataSource.open(JdbcPoolConfig.of(h2));
                PooledDataSource other = PooledDataSource.open(recorded())) {
            assertSame(ds, ds.unwrap(DataSource.class));
            assertSame(ds, ds.unwrap(PooledDataSource.class));
            assertSame(h2, ds.unwrap(DirectDataSource.class));
            assertTrue(ds.isWrapperFor(DataSource.class));
            assertTrue(ds.isWrapperFor(DirectDataSource.class));
            assertFalse(ds.isWrapperFor(String.class));
            assertThrows(SQLException.class, () -> ds.unwrap(String.class));
            assertSame(other, other.unwrap(DataSource.class));
            assertFalse(other.isWrapperFor(DirectDataSource.class));
            assertThrows(SQLException.class, () -> other.unwrap(DirectDataSource.class));
        }
    }

    @Test
    @Tag("J46")
    void equalityIsIdentity() {
        JdbcPoolConfig config = recorded();
        try (PooledDataSource one = PooledDataSource.open(config);
                PooledDataSource same = PooledDataSource.open(config)) {
            assertEquals(one, one);
            assertNotEquals(one, same);
        }
    }

    @Test
    void dataSourceConnectsAsTheUserOfTheConfiguration() throws SQLException {
        DirectDataSource h2 = new DirectDataSource("jdbc:h2:mem:user");
        try (PooledDataSource ds =
                        PooledDataSource.open(JdbcPoolConfig.of(h2).user("sa").password("secret"));
                Connection connection = ds.getConnection()) {
            assertEquals("sa", h2.lastUser());
            assertEquals("SA", RealDatabaseContract.text(connection, "select current_user"));
        }
        try (PooledDataSource ds = PooledDataSource.open(JdbcPoolConfig.of(h2));
                Connection connection = ds.getConnection()) {
            assertNull(h2.lastUser());
            assertTrue(connection.isValid(5));
        }
    }

    /** The pool closes it in another thread, which may be the first. */
    @Test
    @Tag("J10")
    void abortedConnectionIsAbortedAgainBeforeItIsClosedAndAskedForNothingElse() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded())) {
            Connection connection = ds.getConnection();
            connection.setAutoCommit(false);
            connection.createStatement().execute("update t set a = 1");
            driver.forget();
            connection.abort(task -> {});
            await().until(() -> ds.pool().stats().total() == 0);
            List<String> calls = driver.calls();
            assertEquals(List.of(), driver.calls("Connection.rollback"));
            List<String> before = calls.subList(0, calls.indexOf("Connection.close"));
            assertTrue(before.contains("Connection.abort[" + Setting.AT_ONCE + "]"), calls.toString());
        }
    }

    @Test
    void connectionWhoseAbortFailsIsClosed() throws SQLException {
        driver.fail("Connection.abort", new SQLFeatureNotSupportedException("no abort"));
        try (PooledDataSource ds = PooledDataSource.open(recorded())) {
            Connection connection = ds.getConnection();
            assertThrows(SQLFeatureNotSupportedException.class, () -> connection.abort(Runnable::run));
            await().until(() -> ds.pool().stats().total() == 0);
            assertEquals(1, driver.calls("Connection.close").size());
        }
    }

    @Test
    void closingAbortsWhatIsNotReturnedInTime() throws SQLException {
        PooledDataSource ds = PooledDataSource.open(recorded().drainTimeout(SHORT));
        Connection kept = ds.getConnection();
        driver.forget();
        ds.close();
        assertEquals(1, driver.calls("Connection.abort").size());
        assertEquals(1, driver.calls("Connection.close").size());
        kept.close();
        assertEquals(1, driver.calls("Connection.close").size());
        assertEquals(0, ds.pool().stats().total());
    }

    @Test
    @Tag("G70")
    void connectionThatIsOutForTooLongIsAbortedAndClosedAndAnotherTakesItsPlace() throws SQLException {
        ManualTicker time = new ManualTicker();
        JdbcPoolConfig config = recorded().maxSize(1).reclaimAfter(Duration.ofMinutes(1));
        try (PooledDataSource ds =
                PooledDataSource.open(config.withPool(config.engine().ticker(time)))) {
            Connection kept = ds.getConnection();
            driver.forget();
            time.advance(Duration.ofMinutes(1));
            try (Connection next = ds.getConnection()) {
                assertEquals(1, driver.calls("Connection.abort").size());
                assertEquals(1, driver.calls("Connection.close").size());
                assertEquals(1, ds.pool().stats().reclaimed());
                kept.close();
                assertEquals(1, ds.pool().stats().leased());
                assertFalse(next.isClosed());
            }
            assertEquals(1, driver.calls("Connection.close").size());
        }
    }

    private static String sessions(Connection connection) throws SQLException {
        return RealDatabaseContract.text(connection, "select count(*) from information_schema.sessions");
    }

    private static List<String> threadsOf(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(pool))
                .toList();
    }
}
