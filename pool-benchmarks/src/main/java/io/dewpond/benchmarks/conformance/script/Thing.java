package io.dewpond.benchmarks.conformance.script;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of the driver: answers the methods of one JDBC interface. What a subclass doesn't know is a setting that
 * is remembered, or a question that has an answer of the right type.
 */
abstract class Thing implements InvocationHandler {
    private static final @Nullable Object[] NONE = {};

    private final Session session;
    private final Class<?> type;
    private final Object proxy;
    private final Map<String, String> settings = new HashMap<>();
    private volatile boolean closed;

    Thing(Session session, Class<?> type) {
        this.session = session;
        this.type = type;
        proxy = Proxy.newProxyInstance(Thing.class.getClassLoader(), new Class<?>[] {type, Vendor.class}, this);
    }

    /** Answers what is this interface's own; {@link #other} for all else. */
    abstract @Nullable Object answer(Call call) throws Throwable;

    final Session session() {
        return session;
    }

    final Object proxy() {
        return proxy;
    }

    final boolean isClosed() {
        return closed;
    }

    final void setClosed() {
        closed = true;
    }

    /** A setting that is a number; zero if it hasn't been set. */
    final int number(String setting) {
        synchronized (settings) {
            return Integer.parseInt(settings.getOrDefault(setting, "0"));
        }
    }

    final void requireOpen() throws SQLException {
        if (closed) {
            throw new SQLException("the driver's " + type.getSimpleName() + " is closed", "HY010");
        }
    }

    @Override
    public final @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] given = arguments == null ? NONE : arguments;
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> self == given[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "the driver's " + type.getSimpleName();
            };
        }
        if (method.getDeclaringClass() == Vendor.class) {
            return session.id();
        }
        return session.database().react(new Call(this, method, given));
    }

    /** Sets, gets, unwraps, or answers with something of the type. */
    final @Nullable Object other(Call call) throws SQLException {
        String name = call.simpleName();
        if (name.equals("isWrapperFor")) {
            return ((Class<?>) Objects.requireNonNull(call.argument(0))).isInstance(proxy);
        }
        if (name.equals("unwrap")) {
            Class<?> wanted = (Class<?>) Objects.requireNonNull(call.argument(0));
            if (!wanted.isInstance(proxy)) {
                throw new SQLException("no wrapper for " + wanted.getName());
            }
            return proxy;
        }
        synchronized (settings) {
            if (name.startsWith("set") && call.count() == 1) {
                settings.put(name.substring(3), String.valueOf(call.argument(0)));
                return null;
            }
            String set = name.startsWith("get") ? settings.get(name.substring(3)) : null;
            if (set != null) {
                Class<?> wanted = call.method().getReturnType();
                return wanted == int.class
                        ? (Object) Integer.parseInt(set)
                        : wanted == long.class ? (Object) Long.parseLong(set) : anything(wanted);
            }
        }
        return anything(call.method().getReturnType());
    }

    /** Something of the type: zero, false, a word, one of the driver's objects, or null. */
    final @Nullable Object anything(Class<?> wanted) {
        if (wanted == void.class) {
            return null;
        }
        if (wanted.isPrimitive()) {
            // A fresh array holds the zero of its type.
            return Array.get(Array.newInstance(wanted, 1), 0);
        }
        if (wanted == String.class) {
            return "scripted";
        }
        return wanted.isInterface() && wanted.getPackageName().equals("java.sql")
                ? new Value(session, wanted).proxy()
                : null;
    }
}
