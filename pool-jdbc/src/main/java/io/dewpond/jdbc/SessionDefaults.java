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
        return !equals(NONE);
    }

    /** Sets all but the mode of auto-commit, which must be on. */
    void apply(Connection driver, Session session) throws SQLException {
        if (catalog != null) {
            session.catalog.configure(driver, catalog);
        }
        if (schema != null) {
            session.schema.configure(driver, schema);
        }
        if (readOnly != null) {
            session.readOnly.configure(driver, readOnly);
        }
        if (isolation != null) {
            session.isolation.configure(driver, isolation);
        }
    }
}
