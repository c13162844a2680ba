package io.dewpond.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A driver's DataSource as drivers have them: a new connection at each call. */
final class DirectDataSource implements DataSource {
    private final String url;
    private volatile String lastUser;

    DirectDataSource(String url) {
        this.url = url;
    }

    /** Returns whom the last call connected as; null if the call named nobody. */
    String lastUser() {
        return lastUser;
    }

    @Override
    public Connection getConnection() throws SQLException {
        lastUser = null;
        return DriverManager.getConnection(url);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        lastUser = user;
        return DriverManager.getConnection(url, user, password);
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
    public void setLogWriter(PrintWriter out) {
        throw new AssertionError("the pool leaves it alone");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new AssertionError("the pool leaves it alone");
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }
}
