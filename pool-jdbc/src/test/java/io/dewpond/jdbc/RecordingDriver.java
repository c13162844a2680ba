package io.dewpond.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A driver that writes down what it is asked, remembers what is set, and fails where it is told to.
 *
 * <p>Everything it returns of an interface of JDBC records into the same list. Not thread-safe but for the recording.
 */
final class RecordingDriver {
    /** One call: {@code Connection.setAutoCommit[false]}. */
    record Call(Object target, Method method, List<?> arguments) {
        String name() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }

        @Override
        public String toString() {
            return arguments.isEmpty() ? name() : name() + arguments;
        }
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Throwable> failures = new HashMap<>();
    private final Map<String, Runnable> events = new HashMap<>();
    private final Map<String, Object> answers = new HashMap<>();

    RecordingDriver() {
        answer("Connection.getAutoCommit", true);
        answer("Connection.getTransactionIsolation", Connection.TRANSACTION_READ_COMMITTED);
        answer("Connection.getCatalog", "catalog at connect");
        answer("Connection.getSchema", "schema at connect");
        answer("Connection.getHoldability", 1);
        answer("Connection.getNetworkTimeout", 0);
        answer("Connection.getTypeMap", Map.of());
        answer("Connection.getClientInfo", new Properties());
        answer("Connection.isValid", true);
    }

    Connection connection() {
        return make(Connection.class);
    }

    /** Has a method, such as {@code Connection.getSchema}, return this. */
    void answer(String method, Object value) {
        answers.put(method, value);
    }

    /** Has a method throw this until it is told otherwise; null heals it. */
    void fail(String method, Throwable failure) {
        failures.put(method, failure);
    }

    /** Has something happen while a method is with the driver, once. */
    void during(String method, Runnable event) {
        events.put(method, event);
    }

    /** Returns what was called since the last {@link #forget()}. */
    synchronized List<String> calls() {
        return calls.stream().map(Call::toString).toList();
    }

    /** Returns what was called of a kind since the last {@link #forget()}. */
    List<String> calls(String prefix) {
        return calls().stream().filter(call -> call.startsWith(prefix)).toList();
    }

    synchronized Call lastCall() {
        return calls.get(calls.size() - 1);
    }

    /** Returns what the last call of a method went to. */
    synchronized Object target(String method) {
        return calls.stream()
                .filter(call -> call.name().equals(method))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .target();
    }

    synchronized void forget() {
        calls.clear();
    }

    <T> T make(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                RecordingDriver.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer(proxy, type, method, arguments)));
    }

    private Object answer(Object proxy, Class<?> type, Method method, Object[] arguments) throws Throwable {
        List<?> given = arguments == null ? List.of() : Arrays.asList(arguments);
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "driver's " + type.getSimpleName();
            };
        }
        Call call = new Call(proxy, method, given);
        synchronized (this) {
            calls.add(call);
        }
        Runnable event = events.remove(call.name());
        if (event != null) {
            event.run();
        }
        Throwable failure = failures.get(call.name());
        if (failure != null) {
            throw failure;
        }
        if (method.getDeclaringClass() == Wrapper.class) {
            return method.getName().equals("unwrap") ? proxy : (Object) false;
        }
        Object answer = answers.get(call.name());
        // One name may have several overloads, of different types.
        if (answer != null
                && (method.getReturnType().isPrimitive()
                        || method.getReturnType().isInstance(answer))) {
            return answer;
        }
        return anything(method.getReturnType());
    }

    /** Returns something of the type: a driver's object that records too, zero, false, or null. */
    Object anything(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type.isPrimitive() && type != void.class) {
            return zero(type);
        }
        return type.isInterface() && type.getName().startsWith("java.sql.") ? make(type) : null;
    }

    private static Object zero(Class<?> type) {
        // A fresh array holds the zero of its type.
        return java.lang.reflect.Array.get(java.lang.reflect.Array.newInstance(type, 1), 0);
    }

    /** Calls a method by reflection, and throws what it throws. */
    static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
