package io.dewpond.jdbc;

import io.dewpond.LendingOrder;
import java.sql.Connection;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The settings that can be written as text, by their names. No message tells a value of a text that may be a secret. */
final class TextSettings {
    /** What comes before the name of a property of the driver's. */
    static final String DRIVERS = "property.";

    private static final Map<String, Integer> ISOLATIONS = Map.of(
            "READ_UNCOMMITTED", Connection.TRANSACTION_READ_UNCOMMITTED,
            "READ_COMMITTED", Connection.TRANSACTION_READ_COMMITTED,
            "REPEATABLE_READ", Connection.TRANSACTION_REPEATABLE_READ,
            "SERIALIZABLE", Connection.TRANSACTION_SERIALIZABLE);
    private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");

    private final Map<String, BiFunction<JdbcPoolConfig, String, JdbcPoolConfig>> settings = new TreeMap<>();

    private TextSettings() {
        text("driverClass", JdbcPoolConfig::driverClass);
        text("user", JdbcPoolConfig::user);
        text("password", JdbcPoolConfig::password);
        text("catalog", JdbcPoolConfig::catalog);
        text("schema", JdbcPoolConfig::schema);
        text("name", JdbcPoolConfig::name);
        text("validationQuery", JdbcPoolConfig::validationQuery);
        text("resetStatement", JdbcPoolConfig::resetStatement);
        flag("autoCommit", JdbcPoolConfig::autoCommit);
        flag("readOnly", JdbcPoolConfig::readOnly);
        flag("failFast", JdbcPoolConfig::failFast);
        flag("needsWriter", JdbcPoolConfig::needsWriter);
        flag("registerMXBean", JdbcPoolConfig::registerMXBean);
        flag("timings", JdbcPoolConfig::timings);
        flag("checkAutoCommitOnRelease", JdbcPoolConfig::checkAutoCommitOnRelease);
        flag("rollbackOnRelease", JdbcPoolConfig::rollbackOnRelease);
        flag("requestBoundaries", JdbcPoolConfig::requestBoundaries);
        flag("transactionPooling", JdbcPoolConfig::transactionPooling);
        number("maxSize", JdbcPoolConfig::maxSize);
        number("minIdle", JdbcPoolConfig::minIdle);
        number("maxWaiters", JdbcPoolConfig::maxWaiters);
        number("maxConcurrentCreations", JdbcPoolConfig::maxConcurrentCreations);
        number("siteSampling", JdbcPoolConfig::siteSampling);
        number("statementCacheSize", JdbcPoolConfig::statementCacheSize);
        number("usersMaxTotal", JdbcPoolConfig::usersMaxTotal);
        put("isolation", TextSettings::isolation, JdbcPoolConfig::isolation, "be 1, 2, 4, 8 or one of " + names());
        time("acquireTimeout", JdbcPoolConfig::acquireTimeout);
        time("createTimeout", JdbcPoolConfig::createTimeout);
        time("validationTimeout", JdbcPoolConfig::validationTimeout);
        time("destroyTimeout", JdbcPoolConfig::destroyTimeout);
        time("drainTimeout", JdbcPoolConfig::drainTimeout);
        time("maintenanceInterval", JdbcPoolConfig::maintenanceInterval);
        time("overdueAfter", JdbcPoolConfig::overdueAfter);
        time("reclaimAfter", JdbcPoolConfig::reclaimAfter);
        time("warmUp", JdbcPoolConfig::warmUp);
        time("retryDelay", JdbcPoolConfig::retryDelay);
        time("maxRetryDelay", JdbcPoolConfig::maxRetryDelay);
        time("refusedRetryDelay", JdbcPoolConfig::refusedRetryDelay);
        time("validateAfterIdle", JdbcPoolConfig::validateAfterIdle);
        time("validateEvery", JdbcPoolConfig::validateEvery);
        time("maxLifetime", JdbcPoolConfig::maxLifetime);
        time("idleTimeout", JdbcPoolConfig::idleTimeout);
        time("slowStatementAfter", JdbcPoolConfig::slowStatementAfter);
        put(
                "lendingOrder",
                TextSettings::order,
                JdbcPoolConfig::lendingOrder,
                "be one of " + Arrays.toString(LendingOrder.values()));
    }

    /** Reads a configuration; refuses all that it doesn't understand, at once. */
    static JdbcPoolConfig read(Properties given) {
        return new TextSettings().config(given);
    }

    private JdbcPoolConfig config(Properties given) {
        List<String> problems = new ArrayList<>();
        String url = given.getProperty("url");
        if (url == null) {
            problems.add("url is missing");
        }
        JdbcPoolConfig config = JdbcPoolConfig.of(url == null ? "" : url);
        TreeSet<String> texts = new TreeSet<>(given.stringPropertyNames());
        given.keySet().stream()
                .filter(key -> !(key instanceof String name && texts.contains(name)))
                .forEach(key -> problems.add("'" + key + "' is no text"));
        for (String key : texts) {
            String value = given.getProperty(key);
            var setting = settings.get(key);
            if (key.startsWith(DRIVERS) && key.length() > DRIVERS.length()) {
                config = config.property(key.substring(DRIVERS.length()), value);
            } else if (setting != null) {
                try {
                    config = setting.apply(config, value);
                } catch (Unreadable no) {
                    problems.add(no.getMessage());
                }
            } else if (!key.equals("url")) {
                problems.add("'" + key + "' is no setting");
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The properties say no configuration: " + String.join("; ", problems));
        }
        return config;
    }

    // ---- kinds of settings

    private void text(String name, BiFunction<JdbcPoolConfig, String, JdbcPoolConfig> setter) {
        settings.put(name, setter);
    }

    private void flag(String name, BiFunction<JdbcPoolConfig, Boolean, JdbcPoolConfig> setter) {
        put(name, TextSettings::flag, setter, "be true or false");
    }

    private void number(String name, BiFunction<JdbcPoolConfig, Integer, JdbcPoolConfig> setter) {
        put(name, TextSettings::number, setter, "be a whole number");
    }

    private void time(String name, BiFunction<JdbcPoolConfig, Duration, JdbcPoolConfig> setter) {
        put(name, TextSettings::time, setter, "be a duration such as 500ms, 30s, 10m, 2h, 1d or PT30S");
    }

    /** @param reader returns null for what it can't read */
    private <V> void put(
            String name,
            Function<String, @Nullable V> reader,
            BiFunction<JdbcPoolConfig, V, JdbcPoolConfig> setter,
            String bound) {
        settings.put(name, (config, text) -> {
            V value = reader.apply(text.strip());
            if (value == null) {
                throw new Unreadable(name + " is '" + text + "', but must " + bound);
            }
            return setter.apply(config, value);
        });
    }

    private static @Nullable Boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }

    private static @Nullable Integer number(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException no) {
            return null;
        }
    }

    private static @Nullable Integer isolation(String text) {
        Integer named = ISOLATIONS.get(text.toUpperCase(Locale.ROOT));
        return named == null ? number(text) : named;
    }

    private static @Nullable LendingOrder order(String text) {
        return Arrays.stream(LendingOrder.values())
                .filter(order -> order.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Duration time(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        try {
            return text.equals("0") ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException no) {
            return null;
        }
    }

    private static String names() {
        return String.join(", ", new TreeSet<>(ISOLATIONS.keySet()));
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }
}
