package io.dewpond.benchmarks.stub;

import java.sql.Connection;

/** What a pool may want to know when it connects. */
final class StubMetaData extends RefusingDatabaseMetaData {
    private final Connection connection;

    StubMetaData(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return StubDriver.URL;
    }

    @Override
    public String getUserName() {
        return "nobody";
    }

    @Override
    public String getDriverName() {
        return "stub";
    }

    @Override
    public String getDriverVersion() {
        return "1.0";
    }

    @Override
    public String getDatabaseProductName() {
        return "stub";
    }

    @Override
    public String getDatabaseProductVersion() {
        return "1.0";
    }

    @Override
    public boolean supportsTransactions() {
        return true;
    }
}
