package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connects by a URL and the driver that takes it, which is looked for once. */
final class UrlConnections implements Door {
    private final Driver driver;
    private final String url;
    private final Properties properties;

    UrlConnections(Driver driver, String url, Properties properties) {
        this.driver = driver;
        this.url = url;
        this.properties = properties;
    }

    @Override
    public Connection enter(@Nullable Credentials as) throws SQLException {
        Properties own = new Properties(); // a driver may keep or change what it is given
        own.putAll(properties);
        if (as != null) {
            own.setProperty("user", as.user());
            own.setProperty("password", as.password());
        }
        Connection connection = driver.connect(url, own);
        if (connection == null) {
            throw new SQLException(driver.getClass().getName() + " no longer takes " + Secrets.hide(url), "08001");
        }
        return connection;
    }
}
