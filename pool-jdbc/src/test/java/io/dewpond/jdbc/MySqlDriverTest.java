package io.dewpond.jdbc;

import java.sql.Connection;

/** The contract on MariaDB by the driver of MySQL. */
class MySqlDriverTest extends MariaDbContract {
    @Override
    String url() {
        return "jdbc:mysql:" + MariaDb.address();
    }

    @Override
    Class<? extends Connection> driversConnection() {
        return com.mysql.cj.jdbc.ConnectionImpl.class;
    }

    @Override
    JdbcPoolConfig resetting(JdbcPoolConfig config) {
        return config.connectionReset(connection ->
                connection.unwrap(com.mysql.cj.jdbc.JdbcConnection.class).resetServerState());
    }

    @Override
    String schemasAreSchemas() {
        return "&databaseTerm=SCHEMA";
    }

    @Override
    int rowsAtATime() {
        return Integer.MIN_VALUE;
    }

    @Override
    boolean learnsOfAutoCommitSetBySql() {
        return false;
    }
}
