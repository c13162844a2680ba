package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a connection is asked whether it works, and how long it may take to answer. */
@Tag("J40")
class ValidationTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Validation BY_DRIVER = new Validation(SECOND, null, Judge.STANDARD);

    private final RecordingDriver driver = new RecordingDriver();

    private PhysicalConnection connect() throws SQLException {
        PhysicalConnection connection = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE);
        driver.forget();
        return connection;
    }

    /** What the driver was asked, an executor left out. */
    private List<String> calls() {
        return driver.calls().stream()
                .map(call -> call.replaceAll("\\[io.dewpond[^,]*, ", "["))
                .toList();
    }

    @Test
    void validationIsBoundedByTheNetworkTimeoutWhichIsRestored() throws SQLException {
        driver.answer("Connection.getNetworkTimeout", 60_000);
        assertTrue(BY_DRIVER.isValid(connect()));
        assertEquals(
                List.of(
                        "Connection.setNetworkTimeout[900]",
                        "Connection.isValid[1]",
                        "Connection.setNetworkTimeout[60000]"),
                calls());
    }

    @Test
    void rollbackAfterAValidationIsBoundedToo() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        assertTrue(BY_DRIVER.isValid(connect()));
        assertEquals(
                List.of(
                        "Connection.setNetworkTimeout[900]",
                        "Connection.isValid[1]",
                        "Connection.rollback",
                        "Connection.setNetworkTimeout[0]"),
                calls());
    }

    @Test
    void shorterTimeoutOfTheDriversStays() throws SQLException {
        driver.answer("Connection.getNetworkTimeout", 500);
        assertTrue(BY_DRIVER.isValid(connect()));
        assertEquals(List.of("Connection.isValid[1]"), calls());
    }

    @Test
    void driverWithoutANetworkTimeoutIsAskedOnce() throws SQLException {
        for (Throwable no : List.of(
                new SQLFeatureNotSupportedException(),
                new AbstractMethodError(),
                new UnsupportedOperationException())) {
            Validation validation = new Validation(SECOND, null, Judge.STANDARD);
            driver.fail("Connection.setNetworkTimeout", no);
            assertTrue(validation.isValid(connect()));
            assertTrue(validation.isValid(connect()));
            assertEquals(List.of("Connection.isValid[1]"), calls());
        }
        driver.fail("Connection.getNetworkTimeout", new SQLFeatureNotSupportedException());
        assertTrue(BY_DRIVER.isValid(connect()));
        assertEquals(List.of("Connection.isValid[1]"), calls());
    }

    @Test
    void connectionThatIsLostBeforeItIsAskedIsNoGood() throws SQLException {
        driver.fail("Connection.setNetworkTimeout", new SQLException("lost", "08006"));
        PhysicalConnection lost = connect();
        assertThrows(SQLException.class, () -> BY_DRIVER.isValid(lost));
        driver.fail("Connection.setNetworkTimeout", null);
        driver.answer("Connection.isValid", false);
        assertFalse(BY_DRIVER.isValid(connect()));
    }

    @Test
    void queryTakesThePlaceOfTheDriversAnswer() throws SQLException {
        Validation byQuery = new Validation(SECOND, "select 1 from dual", Judge.STANDARD);
        assertTrue(byQuery.isValid(connect()));
        assertEquals(
                List.of(
                        "Connection.setNetworkTimeout[900]",
                        "Connection.createStatement",
                        "Statement.execute[select 1 from dual]",
                        "Statement.close",
                        "Connection.setNetworkTimeout[0]"),
                calls());
        driver.fail("Statement.execute", new SQLException("no such table", "42P01"));
        PhysicalConnection broken = connect();
        assertThrows(SQLException.class, () -> byQuery.isValid(broken));
    }

    @Test
    void queryHasATimeoutOfItsOwnWhereTheNetworkHasNone() throws SQLException {
        driver.fail("Connection.setNetworkTimeout", new SQLFeatureNotSupportedException());
        assertTrue(new Validation(Duration.ofMillis(1500), "select 1", Judge.STANDARD).isValid(connect()));
        assertEquals(List.of("Statement.setQueryTimeout[2]"), driver.calls("Statement.setQueryTimeout"));
    }

    // ---- a socket that has fallen silent

    private static JdbcPoolConfig over(Wire wire) {
        return JdbcPoolConfig.of("jdbc:postgresql://127.0.0.1:" + wire.port() + "/postgres?user=postgres")
                .name("wired")
                .maxSize(2)
                .validateAfterIdle(Duration.ZERO)
                .destroyTimeout(SECOND)
                .drainTimeout(Duration.ZERO);
    }

    /** Were the deadline of the borrower not enough, this took an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"", "select 1"})
    @Timeout(60)
    void silentSocketHoldsNoBorrowerBeyondTheDeadline(String query) throws IOException, SQLException {
        try (Wire wire = new Wire(Postgres.port())) {
            JdbcPoolConfig config = over(wire)
                    .acquireTimeout(Duration.ofSeconds(10))
                    .createTimeout(Duration.ofSeconds(10))
                    .validationTimeout(Duration.ofHours(1));
            try (PooledDataSource ds =
                    PooledDataSource.open(query.isEmpty() ? config : config.validationQuery(query))) {
                ds.getConnection().close();
                wire.freezeAll();
                assertThrows(SQLTransientConnectionException.class, ds::getConnection);
                wire.close();
            }
        }
    }

    /** Were it not for the network timeout, this thread would stay in the driver. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read hears no interrupt
    void silentSocketGivesTheThreadBack() throws IOException, SQLException {
        try (Wire wire = new Wire(Postgres.port());
                Connection driver = DriverManager.getConnection(over(wire).url())) {
            PhysicalConnection connection = PhysicalConnection.over(driver, SessionDefaults.NONE);
            Validation byQuery = new Validation(SECOND, "select 1", Judge.STANDARD);
            assertTrue(byQuery.isValid(connection));
            wire.freeze();
            assertThrows(SQLException.class, () -> byQuery.isValid(connection));
        }
    }

    @Test
    @Timeout(60)
    void silentSocketIsReplaced() throws IOException, SQLException {
        try (Wire wire = new Wire(Postgres.port());
                PooledDataSource ds = PooledDataSource.open(over(wire)
                        .maxSize(1)
                        .acquireTimeout(Duration.ofSeconds(50))
                        .validationTimeout(Duration.ofSeconds(2)))) {
            ds.getConnection().close();
            wire.freeze();
            try (Connection next = ds.getConnection()) {
                assertTrue(next.isValid(5));
                assertEquals(0, next.getNetworkTimeout());
            }
            assertEquals(2, ds.pool().stats().created());
        }
    }
}
