package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.LeaseHolder;
import io.dewpond.testkit.ManualTicker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How each connection is prepared, and what the listener hears of its use. */
class WatchTest {
    private final RecordingDriver driver = new RecordingDriver();
    private final ManualTicker time = new ManualTicker();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final JdbcListener listener = new JdbcListener() {
        @Override
        public void statementSlow(String sql, Duration took) {
            heard.add("'" + sql + "' took " + took);
        }

        @Override
        public void statementsLeftOpen(int count, LeaseHolder holder) {
            boolean here = holder.site().stream()
                    .anyMatch(frame -> frame.getClassName().equals(WatchTest.class.getName()));
            heard.add(count + " left open by " + holder.thread() + " after " + holder.held() + (here ? ", here" : ""));
        }

        @Override
        public void connectionOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
            heard.add("overdue: " + holder.thread() + " " + !stack.isEmpty());
        }

        @Override
        public void overdueConnectionReturned(LeaseHolder holder) {
            heard.add("returned: " + holder.thread());
        }
    };

    private JdbcPoolConfig recorded() {
        JdbcPoolConfig config =
                JdbcPoolConfig.of(driver::connection).name("recorded").maxSize(1);
        return config.withPool(config.engine().ticker(time));
    }

    private JdbcPoolConfig watched() {
        return recorded().listener(listener).slowStatementAfter(Duration.ofSeconds(1));
    }

    private void takes(String method, Duration duration) {
        driver.during(method, () -> time.advance(duration));
    }

    // ---- new connections

    @Test
    @Tag("J48")
    void eachConnectionIsPreparedOnceBeforeItsSettingsAreAskedFor() throws SQLException {
        JdbcPoolConfig config = recorded()
                .connectionInitSql(List.of("set one", "set two"))
                .connectionCustomizer(connection -> connection.setSchema("customized"));
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            ds.getConnection().close();
            List<String> calls = driver.calls();
            assertEquals(
                    List.of(
                            "Connection.createStatement",
                            "Statement.execute[set one]",
                            "Statement.execute[set two]",
                            "Statement.close",
                            "Connection.setSchema[customized]",
                            "Connection.getAutoCommit",
                            "Connection.clearWarnings"),
                    calls.subList(0, 7));
            assertTrue(calls.subList(7, calls.size()).contains("Connection.getTransactionIsolation"));
            driver.forget();
            ds.getConnection().close();
            assertEquals(List.of(), driver.calls());
        }
    }

    @Test
    @Tag("J48")
    void whatIsSetWithoutAutoCommitIsCommitted() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        try (PooledDataSource ds = PooledDataSource.open(recorded().connectionInitSql(List.of("set one")))) {
            ds.getConnection().close();
            List<String> calls = driver.calls();
            assertEquals("Connection.commit", calls.get(calls.indexOf("Statement.close") + 2));
        }
    }

    @Test
    @Tag("J48")
    void failureOfThePreparationIsThatOfTheConnect() {
        SQLException mistake = new SQLException("no such setting", "42704");
        JdbcPoolConfig ticking = JdbcPoolConfig.of(driver::connection).drainTimeout(Duration.ZERO);
        for (JdbcPoolConfig config :
                List.of(ticking.connectionInitSql(List.of("set nothing")), ticking.connectionCustomizer(connection -> {
                    throw mistake;
                }))) {
            driver.fail("Statement.execute", mistake);
            driver.forget();
            try (PooledDataSource ds = PooledDataSource.open(config.failFast(true))) {
                SQLException told = assertThrows(SQLException.class, ds::getConnection);
                assertEquals("42704", told.getSQLState());
                assertSame(mistake, told.getCause());
                assertEquals(1, driver.calls("Connection.close").size());
                assertEquals(0, ds.pool().stats().total());
            }
        }
    }

    @Test
    @Tag("J48")
    void preparationIsPartOfTheConnectAndBoundAsThat() {
        CountDownLatch never = new CountDownLatch(1);
        JdbcPoolConfig config = JdbcPoolConfig.of(driver::connection)
                .connectionCustomizer(connection -> {
                    try {
                        never.await();
                    } catch (InterruptedException givenUp) {
                        throw new SQLException("interrupted", givenUp);
                    }
                })
                .failFast(true)
                .createTimeout(Duration.ofMillis(20));
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            SQLException told = assertThrows(SQLException.class, ds::getConnection);
            assertInstanceOf(TimeoutException.class, told.getCause());
        }
    }

    // ---- slow statements

    @Test
    @Tag("J48")
    void statementThatTakesTooLongIsReportedWithItsText() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(watched());
                Connection connection = ds.getConnection()) {
            Statement statement = connection.createStatement();
            takes("Statement.executeQuery", Duration.ofSeconds(2));
            statement.executeQuery("select 1").close();
            takes("Statement.executeQuery", Duration.ofMillis(999));
            statement.executeQuery("select 2").close();
            takes("Statement.executeUpdate", Duration.ofSeconds(1));
            statement.executeUpdate("update 3", Statement.RETURN_GENERATED_KEYS);
            statement.addBatch("insert 4");
            statement.addBatch("insert 5");
            takes("Statement.executeBatch", Duration.ofSeconds(4));
            statement.executeBatch();
            statement.close();
            PreparedStatement prepared = connection.prepareStatement("select ?");
            takes("PreparedStatement.executeQuery", Duration.ofSeconds(5));
            prepared.executeQuery().close();
            prepared.close();
            var call = connection.prepareCall("call f()");
            takes("PreparedStatement.execute", Duration.ofSeconds(6));
            call.execute();
            call.close();
        }
        assertEquals(
                List.of(
                        "'select 1' took PT2S",
                        "'update 3' took PT1S",
                        "'insert 5' took PT4S",
                        "'select ?' took PT5S",
                        "'call f()' took PT6S"),
                heard);
    }

    @Test
    @Tag("J48")
    void statementThatFailsLateIsReportedToo() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(watched().statementCacheSize(2));
                Connection connection = ds.getConnection()) {
            takes("PreparedStatement.executeUpdate", Duration.ofSeconds(9));
            driver.fail("PreparedStatement.executeUpdate", new SQLException("deadlock", "40P01"));
            try (PreparedStatement statement = connection.prepareStatement("update")) {
                assertThrows(SQLException.class, statement::executeUpdate);
            }
        }
        assertEquals(List.of("'update' took PT9S"), heard);
    }

    @Test
    @Tag("J48")
    void listenerThatThrowsCostsTheBorrowerNothing() throws SQLException {
        JdbcListener broken = new JdbcListener() {
            @Override
            public void statementSlow(String sql, Duration took) {
                throw new AssertionError("broken");
            }

            @Override
            public void statementsLeftOpen(int count, LeaseHolder holder) {
                throw new IllegalStateException("broken");
            }
        };
        try (PooledDataSource ds = PooledDataSource.open(watched().listener(broken))) {
            try (Connection connection = ds.getConnection()) {
                takes("Statement.execute", Duration.ofSeconds(2));
                assertFalse(connection.createStatement().execute("slow"));
            }
            assertEquals(1, ds.pool().stats().idle());
        }
    }

    @Test
    @Tag("J48")
    void nothingIsTimedWithoutAThreshold() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().listener(listener));
                Connection connection = ds.getConnection();
                Statement statement = connection.createStatement()) {
            assertFalse(((StatementHandle<?>) statement).driver() instanceof Decorator<?>);
            takes("Statement.execute", Duration.ofHours(1));
            statement.execute("slow");
        }
        assertEquals(List.of(), heard);
    }

    @Test
    @Tag("J6")
    @Tag("J48")
    void driversOwnIsFoundBehindWhatIsTimed() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(watched());
                Connection connection = ds.getConnection()) {
            Class<?> own = driver.make(Connection.class).getClass();
            assertTrue(own.isInstance(connection.unwrap(own)));
            assertTrue(connection.isWrapperFor(own));
            assertFalse(connection.isWrapperFor(String.class));
            Statement statement = connection.createStatement();
            assertTrue(statement.toString().contains("driver's Statement"), statement.toString());
            assertFalse(((ConnectionHandle) connection).physical().toString().contains("Equipped"));
            statement.close();
        }
    }

    // ---- what is left open, and long leases

    @Test
    @Tag("J48")
    void statementsLeftOpenAreCountedWithTheirBorrower() throws SQLException {
        try (PooledDataSource ds =
                PooledDataSource.open(recorded().listener(listener).siteSampling(1))) {
            Connection connection = ds.getConnection();
            connection.createStatement();
            connection.createStatement().close();
            connection.prepareStatement("select 1").executeQuery();
            time.advance(Duration.ofSeconds(3));
            connection.close();
            connection.close();
            ds.getConnection().close();
        }
        assertEquals(List.of("2 left open by " + Thread.currentThread().getName() + " after PT3S, here"), heard);
    }

    @Test
    @Tag("J48")
    void borrowThatIsNotDrawnHasNoSite() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().listener(listener))) {
            Connection connection = ds.getConnection();
            connection.createStatement();
            connection.close();
        }
        assertEquals(List.of("1 left open by " + Thread.currentThread().getName() + " after PT0S"), heard);
    }

    @Test
    @Tag("J48")
    void longLeaseIsReportedWhileItLastsAndWhenItEnds() throws SQLException {
        JdbcPoolConfig config = recorded().listener(listener).overdueAfter(Duration.ofSeconds(10));
        String thread = Thread.currentThread().getName();
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            try (Connection connection = ds.getConnection()) {
                time.advance(Duration.ofSeconds(12));
                await().untilAsserted(() -> assertEquals(List.of("overdue: " + thread + " true"), heard));
                assertFalse(connection.isClosed());
            }
            time.advance(Duration.ofSeconds(2));
            await().untilAsserted(() -> assertTrue(heard.contains("returned: " + thread)));
        }
    }
}
