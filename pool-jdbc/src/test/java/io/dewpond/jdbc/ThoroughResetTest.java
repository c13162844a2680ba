package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a borrower did by SQL, and how a pool that is asked to undoes it. */
class ThoroughResetTest {
    private final RecordingDriver driver = new RecordingDriver();

    private JdbcPoolConfig recorded() {
        return JdbcPoolConfig.of(driver::connection).name("recorded").maxSize(1);
    }

    /** Borrows, works a little, and returns what the driver is asked from then on. */
    private List<String> callsAfterWork(JdbcPoolConfig config) throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            try (Connection connection = ds.getConnection()) {
                connection.createStatement().close();
                driver.forget();
            }
            assertEquals(1, ds.pool().stats().idle(), "was kept");
            return driver.calls();
        }
    }

    @Test
    @Tag("J25")
    void autoCommitTurnedOffBySqlIsAskedForAndRolledBackAndTurnedOnAgain() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().checkAutoCommitOnRelease(true))) {
            try (Connection connection = ds.getConnection()) {
                connection.createStatement().execute("set autocommit = 0");
                driver.answer("Connection.getAutoCommit", false);
                driver.forget();
            }
            assertEquals(
                    List.of(
                            "Connection.getAutoCommit",
                            "Connection.rollback",
                            "Connection.setAutoCommit[true]",
                            "Connection.clearWarnings"),
                    driver.calls("Connection"));
        }
    }

    @Test
    @Tag("J25")
    void modeThatIsAsRecordedCostsTheQuestion() throws SQLException {
        assertEquals(
                List.of("Connection.getAutoCommit", "Connection.clearWarnings"),
                callsAfterWork(recorded().checkAutoCommitOnRelease(true)));
    }

    @Test
    @Tag("J25")
    void rollbackReachesATransactionThatSqlBegan() throws SQLException {
        assertEquals(
                List.of(
                        "Connection.getAutoCommit",
                        "Connection.setAutoCommit[false]",
                        "Connection.rollback",
                        "Connection.setAutoCommit[true]",
                        "Connection.clearWarnings"),
                callsAfterWork(recorded().rollbackOnRelease(true).checkAutoCommitOnRelease(true)));
    }

    @Test
    @Tag("J25")
    void rollbackIsTheOnlyOneWhereAutoCommitIsOffAnyway() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        assertEquals(
                List.of("Connection.getAutoCommit", "Connection.rollback", "Connection.clearWarnings"),
                callsAfterWork(recorded().rollbackOnRelease(true)));
    }

    @Test
    @Tag("J25")
    void resetStatementRunsWhenTheSessionIsRestoredAndWhatItUndoesIsDoneAgain() throws SQLException {
        JdbcPoolConfig config = recorded()
                .autoCommit(false)
                .schema("ours")
                .connectionInitSql(List.of("set role shop"))
                .resetStatement("DISCARD ALL");
        assertEquals(
                List.of(
                        "Connection.rollback",
                        "Connection.clearWarnings",
                        "Connection.setAutoCommit[true]",
                        "Connection.createStatement",
                        "Statement.execute[DISCARD ALL]",
                        "Statement.close",
                        "Connection.createStatement",
                        "Statement.execute[set role shop]",
                        "Statement.close",
                        "Connection.setSchema[ours]",
                        "Connection.setAutoCommit[false]",
                        "Connection.clearWarnings"),
                callsAfterWork(config));
    }

    @Test
    @Tag("J25")
    void resetByAMethodOfTheDriversComesLastAndFindsTheDriversOwn() throws SQLException {
        Class<?> own = driver.make(Connection.class).getClass();
        JdbcPoolConfig config = recorded()
                .resetStatement("reset")
                .connectionReset(connection -> ((Connection) connection.unwrap(own)).nativeSQL("method"));
        for (JdbcPoolConfig timed :
                List.of(config, config.listener(new JdbcListener() {}).slowStatementAfter(Duration.ofHours(1)))) {
            assertEquals(
                    List.of("Statement.execute[reset]", "Connection.nativeSQL[method]"),
                    callsAfterWork(timed).stream()
                            .filter(call -> call.contains("execute") || call.contains("nativeSQL"))
                            .toList());
        }
    }

    @Test
    @Tag("J25")
    @Tag("J23")
    void borrowThatDoesNothingHasNothingToReset() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded()
                .checkAutoCommitOnRelease(true)
                .rollbackOnRelease(true)
                .resetStatement("DISCARD ALL"))) {
            ds.getConnection().close();
            driver.forget();
            ds.getConnection().close();
            assertEquals(List.of(), driver.calls());
        }
    }

    @Test
    @Tag("J25")
    @Tag("J26")
    void failureOfAnyStepCostsTheConnectionAndNotTheBorrower() throws SQLException {
        JdbcPoolConfig config = recorded()
                .checkAutoCommitOnRelease(true)
                .resetStatement("DISCARD ALL")
                .requestBoundaries(true);
        for (String step : List.of("Connection.getAutoCommit", "Statement.execute", "Connection.endRequest")) {
            for (Throwable failure : List.of(new SQLException("no", "25001"), new IllegalStateException("bug"))) {
                try (PooledDataSource ds = PooledDataSource.open(config)) {
                    try (Connection connection = ds.getConnection()) {
                        connection.createStatement().close();
                        driver.fail(step, failure);
                    }
                    driver.fail(step, null);
                    ds.getConnection().close();
                    assertEquals(2, ds.pool().stats().created(), step);
                }
            }
        }
    }

    // ---- requests

    @Test
    @Tag("J25")
    void requestBeginsBeforeTheBorrowerAndEndsAfterTheReset() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().requestBoundaries(true))) {
            ds.getConnection().close();
            driver.forget();
            try (Connection connection = ds.getConnection()) {
                connection.setSchema("another");
            }
            assertEquals(
                    List.of(
                            "Connection.beginRequest",
                            "Connection.setSchema[another]",
                            "Connection.setSchema[schema at connect]",
                            "Connection.clearWarnings",
                            "Connection.endRequest"),
                    driver.calls());
            driver.forget();
            ds.getConnection().close();
            assertEquals(List.of("Connection.beginRequest", "Connection.endRequest"), driver.calls());
        }
    }

    @Test
    @Tag("J25")
    void connectionThatCanNotBeginIsReplaced() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().requestBoundaries(true))) {
            ds.getConnection().close();
            driver.fail("Connection.beginRequest", new SQLException("drained", "08006"));
            driver.during("Connection.close", () -> driver.fail("Connection.beginRequest", null));
            ds.getConnection().close();
            assertEquals(2, ds.pool().stats().created());
        }
    }

    @Test
    @Tag("J25")
    void borrowerLearnsWhyNoRequestCanBegin() throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(recorded().requestBoundaries(true))) {
            SQLException drained = new SQLNonTransientConnectionException("drained", "08006");
            driver.fail("Connection.beginRequest", drained);
            assertSame(drained, assertThrows(SQLException.class, ds::getConnection));
            IllegalStateException bug = new IllegalStateException("bug");
            driver.fail("Connection.beginRequest", bug);
            assertSame(bug, assertThrows(SQLException.class, ds::getConnection).getCause());
            assertEquals(0, ds.pool().stats().leased());
            driver.fail("Connection.beginRequest", null);
            ds.getConnection().close();
            assertEquals(1, ds.pool().stats().idle());
        }
    }

    @Test
    @Tag("J25")
    void poolThatIsNotAskedToTellsNoBoundaries() throws SQLException {
        assertTrue(callsAfterWork(recorded()).stream().noneMatch(call -> call.contains("Request")));
    }

    @Test
    @Tag("J25")
    void isolationIsSetAnewAfterTheDriversResetThoughTheDriverBelievesItIs() throws SQLException {
        assertEquals(
                List.of("Connection.setTransactionIsolation[8]", "Connection.setTransactionIsolation[4]"),
                callsAfterWork(recorded()
                                .isolation(Connection.TRANSACTION_REPEATABLE_READ)
                                .connectionReset(connection -> {}))
                        .stream()
                        .filter(call -> call.contains("Isolation"))
                        .toList());
    }

    @Test
    @Tag("J25")
    void whatTheDriversResetChangesIsPutRight() throws SQLException {
        List<String> calls = callsAfterWork(recorded().connectionReset(connection -> {
            driver.answer("Connection.getTransactionIsolation", Connection.TRANSACTION_SERIALIZABLE);
            driver.answer("Connection.getNetworkTimeout", 7);
        }));
        assertTrue(calls.contains("Connection.setTransactionIsolation[2]"), calls.toString());
        assertTrue(calls.stream().anyMatch(call -> call.startsWith("Connection.setNetworkTimeout")), calls.toString());
    }
}
