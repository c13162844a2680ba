package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Terms;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * The pool that everybody writes once: a queue of connections. A handle puts its connection back as often as it is
 * closed, works on afterwards, and hands everything else to the driver; nothing is reset, validated or closed. What
 * extends it is worse in one more way.
 */
class Careless implements DataSource {
    private final Terms terms;
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>();
    private final AtomicInteger opened = new AtomicInteger();

    Careless(Terms terms) {
        this.terms = terms;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection physical = idle.poll();
        if (physical == null && opened.getAndIncrement() < terms.size()) {
            physical = connect();
        }
        return handle(physical == null ? await() : physical);
    }

    /** One connection is as good as another. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(terms.url(), terms.user(), terms.password());
    }

    /** Waits, as far as that goes. */
    Connection await() throws SQLException {
        try {
            Connection physical = idle.poll(terms.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (physical == null) {
                throw new SQLException("no connection");
            }
            return physical;
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
    }

    void release(Connection physical) throws SQLException {
        idle.add(physical);
    }

    Connection handle(Connection physical) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
                release(physical);
                return null;
            }
            return call(physical, method, arguments);
        });
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Careless.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public String toString() {
        return terms.toString();
    }
}
