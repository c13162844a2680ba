package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client info of one connection: what the driver said at connect, and which names were set since.
 *
 * <p>What it is now, only the driver can tell, for it may ignore a name or shorten a value; so reading is its business.
 * Restored is name by name, because drivers disagree on whether setting all properties clears those not named.
 */
final class ClientInfo {
    private final Properties original = new Properties();
    private final Set<String> changed = new HashSet<>();

    /** Records what the driver says at connect; a copy, for some drivers hand out what they work with. */
    void learn(Connection driver) throws SQLException {
        Setting.Known<@Nullable Properties> said = Setting.ask(driver, Connection::getClientInfo);
        if (said != null && said.value() != null) {
            original.putAll(said.value());
        }
    }

    /** Records that a name may have another value now. */
    void change(String name) {
        changed.add(name);
    }

    /** Records that all names may have other values now. */
    void change(@Nullable Properties properties) {
        if (properties != null) {
            changed.addAll(properties.stringPropertyNames());
        }
        changed.addAll(original.stringPropertyNames());
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void restore(Connection driver) throws SQLException {
        for (String name : changed) {
            driver.setClientInfo(name, original.getProperty(name));
        }
        changed.clear();
    }
}
