package io.dewpond.jdbc;

import java.sql.Connection;

/** The contract on MariaDB by its own driver. */
class MariaDbTest extends MariaDbContract {
    @Override
    String url() {
        return "jdbc:mariadb:" + MariaDb.address();
    }

    @Override
    Class<? extends Connection> driversConnection() {
        return org.mariadb.jdbc.Connection.class;
    }

    @Override
    JdbcPoolConfig resetting(JdbcPoolConfig config) {
        return config.property("useResetConnection", "true") // without it, the driver only rolls back
                .connectionReset(connection -> {
                    connection.unwrap(org.mariadb.jdbc.Connection.class).reset();
                    // What the driver asks for at connect and loses by the reset: to be told of the isolation.
                    update(
                            connection,
                            "set session_track_system_variables = "
                                    + "concat(@@global.session_track_system_variables, ',transaction_isolation')");
                });
    }

    @Override
    String schemasAreSchemas() {
        return "&useCatalogTerm=SCHEMA";
    }

    @Override
    int rowsAtATime() {
        return 1;
    }

    @Override
    boolean learnsOfAutoCommitSetBySql() {
        return true;
    }
}
