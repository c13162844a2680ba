package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the handles and the driver forwards every method that the running JDK has. */
class DecoratorTest {
    private final RecordingDriver driver = new RecordingDriver();

    private Object decorated(Class<?> type) throws SQLException {
        if (type == Connection.class) {
            PhysicalConnection physical = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE);
            return new EquippedConnection(driver.connection(), physical.session(), null, null);
        } else if (type == Statement.class) {
            return new StatementDecorator<>(driver.make(Statement.class), null, null);
        } else if (type == PreparedStatement.class) {
            return new PreparedStatementDecorator<>(driver.make(PreparedStatement.class), null, "select 1");
        }
        return new CallableStatementDecorator(driver.make(CallableStatement.class), null, "call f()");
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Statement.class, PreparedStatement.class, CallableStatement.class})
    @Tag("J9")
    void everyMethodReachesTheDriverWithItsArguments(Class<?> type) throws Throwable {
        Object decorator = decorated(type);
        for (Method method : JdbcMethods.of(type)) {
            if (method.getDeclaringClass() == Wrapper.class) {
                continue;
            }
            Object[] arguments = JdbcMethods.arguments(method, driver);
            driver.forget();
            RecordingDriver.call(decorator, method, arguments);
            RecordingDriver.Call call = driver.lastCall();
            assertEquals(method.getName(), call.method().getName());
            assertEquals(
                    List.of(method.getParameterTypes()), List.of(call.method().getParameterTypes()));
            assertEquals(Arrays.asList(arguments), call.arguments(), method.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Connection.class, Statement.class, PreparedStatement.class, CallableStatement.class})
    @Tag("J9")
    void whatTheDriverThrowsPasses(Class<?> type) throws Throwable {
        Object decorator = decorated(type);
        SQLException failure = new SQLException("no", "42000");
        for (Method method : JdbcMethods.of(type)) {
            String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            Object[] arguments = JdbcMethods.arguments(method, driver);
            boolean declares = Arrays.asList(method.getExceptionTypes()).contains(SQLException.class);
            if (declares && method.getDeclaringClass() != Wrapper.class) {
                driver.fail(name, failure);
                assertSame(
                        failure,
                        assertThrows(
                                SQLException.class, () -> RecordingDriver.call(decorator, method, arguments), name));
                driver.fail(name, null);
            }
        }
    }

    @Test
    @Tag("J6")
    void driversOwnIsFoundUnderneath() throws SQLException {
        Statement own = driver.make(Statement.class);
        var decorator = new StatementDecorator<>(new TimedStatement(own, null), null, null);
        assertSame(own, decorator.bare());
        assertTrue(decorator.isWrapperFor(own.getClass()));
        assertFalse(decorator.isWrapperFor(String.class));
        assertSame(own, decorator.unwrap(own.getClass()));
        assertEquals(own.toString(), decorator.toString());
    }
}
