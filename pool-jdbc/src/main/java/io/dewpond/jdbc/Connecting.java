package io.dewpond.jdbc;

import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/** Turns the settings that say where to connect into what connects. */
final class Connecting {
    private Connecting() {}

    /** Returns what connects as a configuration without problems says. */
    static ConnectionFactory by(JdbcPoolConfig config) {
        if (config.connectionFactory() != null) {
            return config.connectionFactory();
        }
        String user = config.user();
        DataSource dataSource = config.dataSource();
        if (dataSource != null) {
            return user == null ? dataSource::getConnection : () -> dataSource.getConnection(user, config.password());
        }
        String url = config.url();
        if (url == null) {
            throw new AssertionError("bug: nothing to connect to");
        }
        // problems() has found one; it can be gone since, if somebody deregistered it meanwhile.
        Driver driver = Drivers.accepting(url);
        if (driver == null) {
            throw new IllegalArgumentException("No driver accepts " + Secrets.hide(url));
        }
        return new UrlConnections(driver, url, properties(config));
    }

    /** Says where and as whom a configuration connects, without a password. */
    static String describe(JdbcPoolConfig config) {
        String description;
        if (config.url() != null) {
            description = "url=" + Secrets.hide(config.url());
        } else if (config.dataSource() != null) {
            description = "dataSource=" + config.dataSource().getClass().getName();
        } else {
            description = "connectionFactory=" + config.connectionFactory();
        }
        return config.user() == null ? description : description + ", user=" + config.user();
    }

    private static Properties properties(JdbcPoolConfig config) {
        Properties properties = new Properties();
        properties.putAll(config.properties());
        if (config.user() != null) {
            properties.setProperty("user", config.user());
        }
        if (config.password() != null) {
            properties.setProperty("password", config.password());
        }
        return properties;
    }

    /** Returns what must not be printed of a configuration. */
    static Secrets secrets(JdbcPoolConfig config) {
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, String> property : config.properties().entrySet()) {
            if (Secrets.isSecret(property.getKey())) {
                secrets.add(property.getValue());
            }
        }
        // A password that is the name of the user as well is no secret to keep, and would black out half the message.
        if (config.password() != null && !config.password().equals(config.user())) {
            secrets.add(config.password());
        }
        return new Secrets(secrets);
    }
}
