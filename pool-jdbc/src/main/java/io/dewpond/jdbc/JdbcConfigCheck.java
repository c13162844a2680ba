package io.dewpond.jdbc;

import io.dewpond.PoolConfig;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place that knows which settings of a pool of connections are in range, and which contradict each other. */
final class JdbcConfigCheck {
    private static final Set<Integer> ISOLATIONS = Set.of(
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE);
    // Compiled where they are needed, which most URLs don't.
    private static final String USER_IN_URL = "[?&;]user=|//[^/?;]*@";
    private static final String PASSWORD_IN_URL = "[?&;]password=|//[^/?;]*:[^/?;]*@";

    /** More would be a mistake rather than a wish. */
    private static final int MOST_CACHED = 10_000;

    private final List<String> problems;

    private JdbcConfigCheck(PoolConfig<?> engine) {
        problems = new ArrayList<>(engine.problems());
    }

    static List<String> problems(JdbcPoolConfig config) {
        // The check of the engine has no validator to see yet, and takes exception to a period of validation.
        JdbcConfigCheck check = new JdbcConfigCheck(
                config.engine().validator(new Validation(Duration.ofSeconds(1), null, Judge.STANDARD)));
        check.connecting(config);
        check.session(config);
        check.lifetimes(config);
        check.statements(config);
        check.sessions(config);
        return List.copyOf(check.problems);
    }

    private void connecting(JdbcPoolConfig config) {
        String url = config.url();
        if (url != null) {
            url(url, config);
        } else {
            String source = source(config);
            boolean takesUser = config.connectionFactory() == null;
            if (config.driverClass() != null) {
                refuse("driverClass", quoted(config.driverClass()), "not be set where " + source + " connects");
            }
            if (!config.properties().isEmpty()) {
                refuse("properties", config.properties().keySet(), "be empty where " + source + " connects");
            }
            if (!takesUser && config.user() != null) {
                refuse("user", quoted(config.user()), "not be set where " + source + " connects");
            }
            if (!takesUser && config.password() != null) {
                refuse("password", "set", "not be set where " + source + " connects");
            }
            if (takesUser && (config.user() == null) != (config.password() == null)) {
                refuse(
                        config.user() == null ? "password" : "user",
                        "set",
                        "be set together with the other where " + source + " connects: it takes both or none");
            }
        }
        if (config.credentials() != null) {
            credentials(config);
        }
        users(config.usersMaxTotal(), config);
        for (String name : List.of("user", "password")) {
            if (config.properties().containsKey(name)
                    && (name.equals("user") ? config.user() : config.password()) != null) {
                refuse("property '" + name + "'", "set", "not be where " + name + " is set too");
            }
        }
    }

    private static String source(JdbcPoolConfig config) {
        if (config.connectionFactory() != null) {
            return "a ConnectionFactory";
        }
        return config.xaDataSource() != null ? "an XADataSource" : "a DataSource";
    }

    private void credentials(JdbcPoolConfig config) {
        String url = config.url();
        if (config.connectionFactory() != null) {
            refuse("credentials", "set", "not be where a ConnectionFactory connects");
        } else if (config.user() != null || config.password() != null) {
            refuse("credentials", "set", "not be where user or password is set too");
        } else if (config.properties().containsKey("user")
                || config.properties().containsKey("password")) {
            refuse("credentials", "set", "not be where the properties name a user or password");
        } else if (url != null && namesLogin(url)) {
            refuse("credentials", "set", "not be where the url names a user or password: " + Secrets.hide(url));
        }
    }

    private void users(int most, JdbcPoolConfig config) {
        String url = config.url();
        if (most < 0) {
            refuse("usersMaxTotal", most, "be at least 0");
        } else if (most > 0 && config.connectionFactory() != null) {
            refuse("usersMaxTotal", most, "be 0 where a ConnectionFactory connects: it is told no user");
        } else if (most > 0 && url != null && namesLogin(url)) {
            // To some drivers, what the URL says goes before what is named beside it.
            refuse("usersMaxTotal", most, "be 0 where the url names a user or password: " + Secrets.hide(url));
        }
    }

    private static boolean namesLogin(String url) {
        return isIn(url, USER_IN_URL) || isIn(url, PASSWORD_IN_URL);
    }

    private void url(String url, JdbcPoolConfig config) {
        if (!url.startsWith("jdbc:")) {
            refuse("url", quoted(Secrets.hide(url)), "begin with 'jdbc:'");
        } else if (config.driverClass() != null) {
            if (Connecting.driver(config, url) == null) {
                refuse(
                        "driverClass",
                        quoted(config.driverClass()),
                        "be the name of a driver that can be made and accepts " + Secrets.hide(url));
            }
        } else if (Drivers.accepting(url) == null) {
            List<String> drivers = Drivers.names();
            refuse(
                    "url",
                    quoted(Secrets.hide(url)),
                    "be one that a driver accepts; there " + (drivers.isEmpty() ? "is no driver" : "are " + drivers));
        }
        if (config.user() != null && isIn(url, USER_IN_URL)) {
            refuse("user", quoted(config.user()), "not be set where the url names a user: " + Secrets.hide(url));
        }
        if (config.password() != null && isIn(url, PASSWORD_IN_URL)) {
            refuse("password", "set", "not be where the url holds one: " + Secrets.hide(url));
        }
    }

    private static boolean isIn(String url, String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(url).find();
    }

    private void session(JdbcPoolConfig config) {
        Integer isolation = config.isolation();
        if (isolation != null && !ISOLATIONS.contains(isolation)) {
            refuse("isolation", isolation, "be 1, 2, 4 or 8, a level of isolation in java.sql.Connection");
        }
        notBlank("catalog", config.catalog());
        notBlank("schema", config.schema());
        notBlank("validationQuery", config.validationQuery());
    }

    private void lifetimes(JdbcPoolConfig config) {
        Duration maxLifetime = config.maxLifetime();
        Duration idleTimeout = config.idleTimeout();
        zeroOrMillis("refusedRetryDelay", config.refusedRetryDelay());
        zeroOrMillis("maxLifetime", maxLifetime);
        zeroOrMillis("idleTimeout", idleTimeout);
        if (isPositive(maxLifetime) && isPositive(idleTimeout) && idleTimeout.compareTo(maxLifetime) >= 0) {
            refuse("idleTimeout", idleTimeout, "be less than maxLifetime (" + maxLifetime + ")");
        }
    }

    private void statements(JdbcPoolConfig config) {
        int cached = config.statementCacheSize();
        if (cached < 0 || cached > MOST_CACHED) {
            refuse("statementCacheSize", cached, "be 0 to " + MOST_CACHED);
        } else if (cached > 0 && (config.resetStatement() != null || config.connectionReset() != null)) {
            String reset = config.resetStatement() != null ? "resetStatement" : "connectionReset";
            refuse("statementCacheSize", cached, "be 0 where " + reset + " is set: it may end what is prepared");
        }
        Duration slow = config.slowStatementAfter();
        if (slow.isNegative()) {
            refuse("slowStatementAfter", slow, "not be negative");
        } else if (slow.compareTo(PoolConfig.LONGEST) > 0) {
            refuse("slowStatementAfter", slow, "be at most " + PoolConfig.LONGEST);
        } else if (!slow.isZero() && config.listener() == null) {
            refuse("slowStatementAfter", slow, "be zero where there is no listener to tell");
        }
    }

    private void sessions(JdbcPoolConfig config) {
        notBlank("resetStatement", config.resetStatement());
        config.connectionInitSql().forEach(sql -> notBlank("connectionInitSql", sql));
        if (!config.transactionPooling()) {
            return;
        }
        notWithTransactionPooling("isolation", config.isolation());
        notWithTransactionPooling("catalog", quotedOrNull(config.catalog()));
        notWithTransactionPooling("schema", quotedOrNull(config.schema()));
        notWithTransactionPooling("resetStatement", quotedOrNull(config.resetStatement()));
        notWithTransactionPooling("connectionReset", config.connectionReset());
        notWithTransactionPooling("rollbackOnRelease", config.rollbackOnRelease() ? true : null);
        notWithTransactionPooling(
                "connectionInitSql",
                config.connectionInitSql().isEmpty()
                        ? null
                        : config.connectionInitSql().size() + " statements");
        notWithTransactionPooling(
                "statementCacheSize", config.statementCacheSize() > 0 ? config.statementCacheSize() : null);
    }

    private void notWithTransactionPooling(String setting, @Nullable Object value) {
        if (value != null) {
            refuse(setting, value, "not be set with transactionPooling: it belongs to a session");
        }
    }

    private static @Nullable String quotedOrNull(@Nullable String value) {
        return value == null ? null : quoted(value);
    }

    private void zeroOrMillis(String setting, Duration value) {
        if (!value.isZero() && value.compareTo(Duration.ofMillis(1)) < 0) {
            refuse(setting, value, "be zero or at least PT0.001S");
        } else if (value.compareTo(PoolConfig.LONGEST) > 0) {
            refuse(setting, value, "be at most " + PoolConfig.LONGEST);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private void notBlank(String setting, @Nullable String value) {
        if (value != null && value.isBlank()) {
            refuse(setting, quoted(value), "not be blank");
        }
    }

    private static String quoted(@Nullable String value) {
        return "'" + value + "'";
    }

    private void refuse(String setting, Object value, String bound) {
        problems.add(setting + " is " + value + ", but must " + bound);
    }
}
