package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method of every JDBC interface, found by reflection on the JDK that runs the tests. */
class ForwardingTest {
    /** What a connection's handle answers from its record while nothing was set; see SessionTest. */
    private static final Set<String> ANSWERED_FROM_THE_RECORD = Set.of(
            "getAutoCommit",
            "isReadOnly",
            "getTransactionIsolation",
            "getHoldability",
            "getNetworkTimeout",
            "getTypeMap");

    /** What answers without the driver: where the handles lead up to, and which type they are. */
    private static final Set<String> ANSWERED_BY_THE_HANDLE =
            Set.of("getConnection", "getStatement", "unwrap", "isWrapperFor");

    private final RecordingDriver driver = new RecordingDriver();
    private final OneLease lease;
    private final ConnectionHandle connection;

    ForwardingTest() throws SQLException {
        lease = new OneLease(driver.connection());
        connection = lease.handle();
    }

    static Stream<Class<?>> interfaces() {
        return Stream.concat(Stream.of(Connection.class), JdbcMethods.DEPENDENTS.stream());
    }

    /** A default method that a newer JDK brings would run on the handle and never reach the driver's own. */
    @ParameterizedTest
    @MethodSource("interfaces")
    @Tag("J9")
    void noMethodIsLeftToTheInterface(Class<?> type) throws Exception {
        Object handle = JdbcMethods.open(type, connection);
        List<Method> left = JdbcMethods.of(type).stream()
                .filter(method ->
                        implementation(handle, method).getDeclaringClass().isInterface())
                .toList();
        assertEquals(List.of(), left, "add a layer of forwarders for this release: docs/adr/0005");
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    @Tag("J9")
    void everyMethodReachesTheDriverWithItsArguments(Class<?> type) throws Throwable {
        for (Method method : JdbcMethods.of(type)) {
            if (ANSWERED_BY_THE_HANDLE.contains(method.getName())
                    || (type == Connection.class && Set.of("close", "isClosed").contains(method.getName()))
                    || (type == Connection.class && ANSWERED_FROM_THE_RECORD.contains(method.getName()))) {
                continue;
            }
            ConnectionHandle connection = new OneLease(driver.connection()).handle();
            Object handle = JdbcMethods.open(type, connection);
            Object[] arguments = JdbcMethods.arguments(method, driver);
            driver.forget();

            RecordingDriver.call(handle, method, arguments);

            RecordingDriver.Call call = driver.lastCall();
            assertEquals(method.getName(), call.method().getName());
            assertEquals(
                    List.of(method.getParameterTypes()), List.of(call.method().getParameterTypes()));
            assertEquals(Arrays.asList(arguments), call.arguments(), method.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("interfaces")
    @Tag("J11")
    void whatNoDriverMayThrowDiscardsTheConnectionWhereverItComesFrom(Class<?> type) throws Throwable {
        for (Throwable failure : List.of(new IllegalStateException("bug"), new StackOverflowError("bug"))) {
            for (Method method : JdbcMethods.of(type)) {
                RecordingDriver broken = new RecordingDriver();
                OneLease lease = new OneLease(broken.connection());
                ConnectionHandle connection = lease.handle();
                Object handle = JdbcMethods.open(type, connection);
                Object[] arguments = JdbcMethods.arguments(method, broken);
                String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
                broken.fail(name, failure);
                broken.forget();
                try {
                    RecordingDriver.call(handle, method, arguments);
                } catch (Throwable thrown) {
                    assertSame(failure, thrown, name);
                }
                if (broken.calls(name).isEmpty()
                        || name.startsWith("DatabaseMetaData.getDriver")
                        || name.equals("Connection.abort")) {
                    continue; // answered without the driver, or a constant of it, or the end in any case
                }
                connection.close();
                assertSame(failure, lease.invalidatedBy(), name);
                assertEquals(1, lease.ends(), name);
            }
        }
    }

    @Test
    @Tag("J4")
    void wayUpLeadsToTheHandles() throws SQLException {
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");
        assertSame(connection, statement.getConnection());
        assertSame(connection, prepared.getConnection());
        assertSame(connection, connection.prepareCall("call f()").getConnection());
        assertSame(connection, connection.getMetaData().getConnection());
        assertSame(statement, statement.executeQuery("select 1").getStatement());
        assertSame(statement, statement.getResultSet().getStatement());
        assertSame(statement, statement.getGeneratedKeys().getStatement());
        assertSame(prepared, prepared.executeQuery().getStatement());
        assertNull(connection.getMetaData().getTables(null, null, null, null).getStatement());
    }

    @Test
    @Tag("J4")
    void valuesThatAreCursorsOrArraysLeadNowhereElse() throws SQLException {
        driver.answer("CallableStatement.getObject", driver.make(ResultSet.class));
        driver.answer("ResultSet.getObject", driver.make(Array.class));
        var call = connection.prepareCall("call f()");
        var cursor = (ResultSet) call.getObject(1);
        assertSame(call, cursor.getStatement());
        assertSame(call, call.getObject(1, ResultSet.class).getStatement());
        driver.answer("ResultSet.getObject", driver.make(ResultSet.class));
        assertSame(call, ((ResultSet) cursor.getObject(1)).getStatement());
        driver.answer("ResultSet.getObject", driver.make(Array.class));
        assertTrue(cursor.getObject(1, Array.class) instanceof ArrayHandle);
        assertFalse(cursor.getObject(1, driver.make(Array.class).getClass()) instanceof ArrayHandle);
        driver.answer("ResultSet.getObject", "a text");
        assertEquals("a text", cursor.getObject(1));
        assertEquals("a text", cursor.getObject(1, String.class));
        driver.answer("ResultSet.getObject", driver.make(Array.class));
        Array array = (Array) cursor.getObject(1);
        assertNull(array.getResultSet().getStatement());
        assertTrue(array.toString().contains("driver's Array"), array.toString());
    }

    @Test
    void arrayGivenBackIsTheDriversOwn() throws SQLException {
        Array array = connection.createArrayOf("int", new Object[0]);
        PreparedStatement statement = connection.prepareStatement("insert");
        assertTrue(array instanceof ArrayHandle);

        statement.setArray(1, array);
        assertFalse(driver.lastCall().arguments().get(1) instanceof ArrayHandle);
        statement.setObject(1, array);
        assertFalse(driver.lastCall().arguments().get(1) instanceof ArrayHandle);
        connection.createStruct("pair", new Object[] {"left", array});
        Object[] attributes = (Object[]) driver.lastCall().arguments().get(1);
        assertEquals("left", attributes[0]);
        assertFalse(attributes[1] instanceof ArrayHandle);
    }

    @Test
    @Tag("J6")
    void unwrapFindsTheHandleAndTheDriversTypeAndRefusesAfterClose() throws SQLException {
        Statement statement = connection.createStatement();
        assertSame(connection, connection.unwrap(Connection.class));
        assertSame(statement, statement.unwrap(Statement.class));
        assertNotSame(connection, connection.unwrap(driver.connection().getClass()));
        assertTrue(connection.isWrapperFor(Connection.class));
        assertTrue(statement.isWrapperFor(Statement.class));
        assertFalse(connection.isWrapperFor(String.class));
        assertNotNull(statement.unwrap(driver.make(Statement.class).getClass()));

        connection.close();

        for (java.sql.Wrapper kept : List.of(connection, statement)) {
            assertThrows(SQLException.class, () -> kept.unwrap(Connection.class));
            assertThrows(SQLException.class, () -> kept.isWrapperFor(Connection.class));
        }
    }

    private static Method implementation(Object handle, Method method) {
        try {
            return handle.getClass().getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
