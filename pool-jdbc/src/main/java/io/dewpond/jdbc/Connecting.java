package io.dewpond.jdbc;

import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Turns the settings that say where to connect into what connects. */
final class Connecting {
    private Connecting() {}

    /** Returns what connects as a configuration without problems says. */
    static Logins by(JdbcPoolConfig config, Judge judge) {
        return new Logins(
                door(config),
                config.credentials(),
                judge,
                secrets(config),
                config.refusedRetryDelay(),
                config.engine().ticker());
    }

    /** Returns where a configuration connects to; as it says itself, if nobody is named. */
    static Door door(JdbcPoolConfig config) {
        ConnectionFactory factory = config.connectionFactory();
        if (factory != null) {
            return as -> factory.connect();
        }
        DataSource dataSource = config.dataSource();
        if (dataSource != null) {
            String user = config.user();
            Door own = user == null
                    ? as -> dataSource.getConnection()
                    : as -> dataSource.getConnection(user, config.password());
            return as -> as == null ? own.enter(null) : dataSource.getConnection(as.user(), as.password());
        }
        XADataSource xaDataSource = config.xaDataSource();
        if (xaDataSource != null) {
            return new XaDoor(xaDataSource, config.user(), config.password());
        }
        String url = config.url();
        if (url == null) {
            throw new AssertionError("bug: nothing to connect to");
        }
        // problems() has found one; it can be gone since, if somebody deregistered it meanwhile.
        Driver driver = driver(config, url);
        if (driver == null) {
            throw new IllegalArgumentException("No driver accepts " + Secrets.hide(url));
        }
        return new UrlConnections(driver, url, properties(config));
    }

    /** Finds the driver of a URL, the one that is named or one that takes it; null if there is none. */
    static @Nullable Driver driver(JdbcPoolConfig config, String url) {
        String name = config.driverClass();
        return name == null ? Drivers.accepting(url) : Drivers.named(name, url);
    }

    /** Returns who judges what the driver throws, and knows as much of the driver as can be known before a connect. */
    static Judge judge(JdbcPoolConfig config) {
        Judge judge = new Judge(config.errorClassifier(), config.needsWriter());
        if (config.url() != null) {
            judge.learn(config.url());
        } else if (config.dataSource() != null) {
            judge.learn(config.dataSource().getClass().getName());
        } else if (config.xaDataSource() != null) {
            judge.learn(config.xaDataSource().getClass().getName());
        }
        return judge;
    }

    /** Says where and as whom a configuration connects, without a password. */
    static String describe(JdbcPoolConfig config) {
        String description;
        if (config.url() != null) {
            description = "url=" + Secrets.hide(config.url());
        } else if (config.dataSource() != null) {
            description = "dataSource=" + config.dataSource().getClass().getName();
        } else if (config.xaDataSource() != null) {
            description = "xaDataSource=" + config.xaDataSource().getClass().getName();
        } else {
            description = "connectionFactory=" + config.connectionFactory();
        }
        if (config.credentials() != null) {
            return description + ", credentials=provided"; // a provider's own text may tell any
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
        if (config.url() != null) {
            secrets.addAll(Secrets.in(config.url()));
        }
        // A password that is the name of the user as well is no secret to keep, and would black out half the message.
        if (config.password() != null && !config.password().equals(config.user())) {
            secrets.add(config.password());
        }
        return new Secrets(secrets);
    }
}
