package io.dewpond.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that can be restarted: what was connected before fails from then on, each with a failure of its own. */
final class ScriptedServer {
    private static final Set<String> LOCAL = Set.of("close", "abort", "toString", "hashCode", "equals");

    private final RecordingDriver driver = new RecordingDriver();
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger starts = new AtomicInteger();

    Connection connect() {
        connects.incrementAndGet();
        Connection real = driver.connection();
        int born = starts.get();
        InvocationHandler session = (proxy, method, arguments) -> {
            if (born != starts.get() && !LOCAL.contains(method.getName())) {
                if (method.getName().equals("isValid")) {
                    return false;
                }
                throw new SQLException("terminating connection due to administrator command", "57P01");
            }
            return RecordingDriver.call(real, method, arguments);
        };
        return (Connection) Proxy.newProxyInstance(
                ScriptedServer.class.getClassLoader(), new Class<?>[] {Connection.class}, session);
    }

    void restart() {
        starts.incrementAndGet();
    }

    int connects() {
        return connects.get();
    }
}
