package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names of the client info a borrower has set.
 *
 * <p>What it is now, only the driver can tell, for it may ignore a name or shorten a value; so reading is its business.
 * Restored is name by name, because drivers disagree on whether setting all properties clears those not named.
 */
final class ClientInfo {
    private final Set<String> changed = new HashSet<>();

    /** Records that a name may have another value now. */
    void change(String name) {
        changed.add(name);
    }

    /** Records that all names may have other values now: those that are set, and those that were set at connect. */
    void change(@Nullable Properties properties, @Nullable Properties original) {
        if (properties != null) {
            changed.addAll(properties.stringPropertyNames());
        }
        if (original != null) {
            changed.addAll(original.stringPropertyNames());
        }
    }

    boolean isChanged() {
        return !changed.isEmpty();
    }

    void restore(Connection driver, @Nullable Properties original) throws SQLException {
        for (String name : changed) {
            String value = original == null ? null : original.getProperty(name);
            if (value == null) {
                forget(name, driver);
            } else {
                driver.setClientInfo(name, value);
            }
        }
        changed.clear();
    }

    /** MariaDB's driver keeps what it is told in properties, which take no null; but it gives them away. */
    private static void forget(String name, Connection driver) throws SQLException {
        try {
            driver.setClientInfo(name, null);
        } catch (NullPointerException refused) {
            driver.getClientInfo().remove(name);
            if (driver.getClientInfo(name) != null) {
                throw refused;
            }
        }
    }
}
