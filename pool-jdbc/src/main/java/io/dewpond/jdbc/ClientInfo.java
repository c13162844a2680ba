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
            driver.setClientInfo(name, original == null ? null : original.getProperty(name));
        }
        changed.clear();
    }
}
