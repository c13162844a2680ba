package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is left of a handle once it is closed. */
class ClosedHandleTest {
    static final List<Class<?>> DEPENDENTS = JdbcMethods.DEPENDENTS;

    private static final Set<String> HARMLESS_WHEN_CLOSED = Set.of("isClosed", "isValid", "close", "abort");

    /** They can't throw a SQLException, and tell a constant of the driver. */
    private static final Set<String> CONSTANTS = Set.of("getDriverMajorVersion", "getDriverMinorVersion");

    private final RecordingDriver driver = new RecordingDriver();
    private final OneLease lease;
    private final ConnectionHandle connection;

    ClosedHandleTest() throws SQLException {
        lease = new OneLease(driver.connection());
        connection = lease.handle();
    }

    @Test
    @Tag("J1")
    void secondCloseReturnsNothing() {
        connection.close();
        connection.close();
        assertEquals(1, lease.ends());
    }

    @Test
    @Tag("J1")
    void twoThreadsThatCloseAtOnceReturnTheConnectionOnce() throws Exception {
        ExecutorService rival = Executors.newSingleThreadExecutor();
        CyclicBarrier step = new CyclicBarrier(2);
        try (PooledDataSource pool =
                PooledDataSource.open(JdbcPoolConfig.of(driver::connection).maxSize(1))) {
            for (int round = 0; round < 20_000; round++) {
                Connection lent = pool.getConnection();
                if (round % 2 == 0) {
                    lent.setAutoCommit(false);
                }
                Future<?> late = rival.submit(() -> {
                    assertDoesNotThrow(() -> step.await());
                    assertDoesNotThrow(lent::close);
                });
                step.await();
                lent.close();
                try (Connection next = pool.getConnection()) {
                    late.get();
                    assertFalse(next.isClosed());
                    assertTrue(next.getAutoCommit());
                    assertEquals(1, pool.pool().stats().leased());
                }
                assertEquals(1, pool.pool().stats().idle());
            }
            assertEquals(1, pool.pool().stats().created());
        } finally {
            rival.shutdownNow();
        }
    }

    @Test
    @Tag("J2")
    void closedHandleIsClosedAndInvalidAndIdempotent() throws SQLException {
        connection.close();
        driver.forget();

        assertTrue(connection.isClosed());
        assertFalse(connection.isValid(0));
        assertFalse(connection.isValid(5));
        assertThrows(SQLException.class, () -> connection.isValid(-1));
        connection.close();
        connection.abort(Runnable::run);
        connection.abort(null);
        assertEquals(1, lease.ends());
        assertEquals(List.of(), driver.calls());
    }

    @Test
    @Tag("J2")
    void closedHandleCanBePrintedComparedAndHashed() throws SQLException {
        ConnectionHandle other = new OneLease(driver.connection()).handle();
        int hash = connection.hashCode();
        connection.close();
        assertTrue(connection.toString().contains("closed"), connection.toString());
        assertEquals(connection, connection);
        assertNotEquals(connection, other);
        assertEquals(hash, connection.hashCode());
    }

    @Test
    @Tag("J2")
    void allElseSaysThatTheConnectionDoesNotExist() throws Throwable {
        connection.close();
        driver.forget();
        for (Method method : JdbcMethods.of(Connection.class)) {
            if (!HARMLESS_WHEN_CLOSED.contains(method.getName())) {
                Object[] arguments = JdbcMethods.arguments(method, driver);
                SQLException refused = assertThrows(
                        SQLException.class,
                        () -> RecordingDriver.call(connection, method, arguments),
                        method.toString());
                assertEquals("08003", refused.getSQLState(), method.toString());
            }
        }
        assertEquals(List.of(), driver.calls());
    }

    @Test
    @Tag("J3")
    void clientInfoHasAnExceptionOfItsOwn() {
        connection.close();
        assertEquals(
                "08003",
                assertThrows(SQLClientInfoException.class, () -> connection.setClientInfo("name", "value"))
                        .getSQLState());
        assertThrows(SQLClientInfoException.class, () -> connection.setClientInfo(new Properties()));
    }

    @ParameterizedTest
    @FieldSource("DEPENDENTS")
    @Tag("J5")
    void whatIsKeptPastCloseNeverReachesTheDriverAlsoNotAfterItIsLentAgain(Class<?> type) throws Throwable {
        Object kept = JdbcMethods.open(type, connection);
        String open = kept.toString();
        connection.close();
        ConnectionHandle next = new OneLease(lease.physical()).handle();
        driver.forget();

        for (Method method : JdbcMethods.of(type)) {
            Object[] arguments = JdbcMethods.arguments(method, driver);
            switch (method.getName()) {
                case "close" -> assertNull(RecordingDriver.call(kept, method));
                case "isClosed" -> assertEquals(true, RecordingDriver.call(kept, method));
                default -> {
                    if (!CONSTANTS.contains(method.getName())) {
                        assertThrows(
                                SQLException.class,
                                () -> RecordingDriver.call(kept, method, arguments),
                                method.toString());
                    }
                }
            }
        }
        assertEquals(
                List.of(),
                driver.calls().stream()
                        .filter(call -> !call.contains("getDriver"))
                        .toList());
        assertTrue(open.contains("driver's " + type.getSimpleName()), open);
        assertTrue(kept.toString().contains("closed"), kept.toString());
        next.close();
    }

    @Test
    @Tag("J5")
    void statementClosedByItsBorrowerRefusesAndTheOthersLive() throws SQLException {
        Statement closed = connection.createStatement();
        ResultSet result = closed.executeQuery("select 1");
        Statement other = connection.createStatement();
        closed.close();
        closed.close();
        assertEquals(1, driver.calls("Statement.close").size());
        assertThrows(SQLException.class, () -> closed.executeQuery("select 1"));
        assertThrows(SQLException.class, closed::getConnection);
        assertThrows(SQLException.class, result::next);
        assertThrows(SQLException.class, result::getStatement);
        assertTrue(result.isClosed());
        assertFalse(other.isClosed());
        assertSame(connection, other.getConnection());
    }

    @Test
    @Tag("J10")
    void abortDiscardsAndFreesAtOnce() throws SQLException {
        connection.createStatement();
        assertThrows(SQLException.class, () -> connection.abort(null));
        assertFalse(connection.isClosed());
        driver.forget();

        connection.abort(Runnable::run);

        assertTrue(connection.isClosed());
        assertEquals(1, driver.calls().size());
        assertTrue(
                driver.calls().get(0).startsWith("Connection.abort"),
                driver.calls().toString());
        assertFalse(lease.isReleased());
        assertEquals(1, lease.ends());
        connection.close();
        assertEquals(1, lease.ends());
    }
}
