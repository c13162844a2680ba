package io.dewpond.benchmarks.conformance;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.SQLType;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Arguments for a call of any JDBC method that has nothing to complain of in them. */
final class Arguments {
    private Arguments() {}

    static @Nullable Object[] of(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(type -> of(type, method.getName()))
                .toArray();
    }

    private static @Nullable Object of(Class<?> type, String method) {
        if (type == int.class) {
            return method.equals("setTransactionIsolation") ? Connection.TRANSACTION_SERIALIZABLE : 1;
        }
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type == String.class || type == Object.class) {
            return "word";
        }
        if (type == SQLType.class) {
            return JDBCType.VARCHAR;
        }
        if (type == Executor.class) {
            Executor here = Runnable::run;
            return here;
        }
        if (type == Map.class) {
            return Map.of();
        }
        if (type == Properties.class) {
            return new Properties();
        }
        if (type == Class.class) {
            return String.class;
        }
        return type.isArray() ? Array.newInstance(type.getComponentType(), 1) : null;
    }
}
