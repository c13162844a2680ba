package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What every borrower finds in place of what the driver said at connect; null leaves it to the driver.
 *
 * @param autoCommit the mode of auto-commit
 * @param isolation the isolation of transactions
 * @param readOnly the read-only mode
 * @param catalog the catalog
 * @param schema the schema
 */
record SessionDefaults(
        @Nullable Boolean autoCommit,
        @Nullable Integer isolation,
        @Nullable Boolean readOnly,
        @Nullable String catalog,
        @Nullable String schema) {

    /** Leaves everything to the driver. */
    static final SessionDefaults NONE = new SessionDefaults(null, null, null, null, null);

    SessionDefaults autoCommit(boolean autoCommit) {
        return new SessionDefaults(autoCommit, isolation, readOnly, catalog, schema);
    }

    SessionDefaults isolation(int isolation) {
        return new SessionDefaults(autoCommit, isolation, readOnly, catalog, schema);
    }

    SessionDefaults readOnly(boolean readOnly) {
        return new SessionDefaults(autoCommit, isolation, readOnly, catalog, schema);
    }

    SessionDefaults catalog(String catalog) {
        return new SessionDefaults(autoCommit, isolation, readOnly, catalog, schema);
    }

    SessionDefaults schema(String schema) {
        return new SessionDefaults(autoCommit, isolation, readOnly, catalog, schema);
    }

    boolean any() {
        return autoCommit != null || isolation != null || readOnly != null || catalog != null || schema != null;
    }

    /** Sets all but the mode of auto-commit, which must be on, and records it among the values. */
    void apply(Connection driver, @Nullable Object[] values) throws SQLException {
        apply(Setting.CATALOG, catalog, driver, values);
        apply(Setting.SCHEMA, schema, driver, values);
        apply(Setting.READ_ONLY, readOnly, driver, values);
        apply(Setting.ISOLATION, isolation, driver, values);
    }

    private static void apply(Setting setting, @Nullable Object wanted, Connection driver, @Nullable Object[] values)
            throws SQLException {
        if (wanted != null) {
            setting.tell(driver, wanted);
            values[setting.index()] = wanted;
        }
    }
}
