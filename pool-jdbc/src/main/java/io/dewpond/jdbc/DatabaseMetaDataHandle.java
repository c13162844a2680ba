package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Metadata of a database as its borrower sees it: it ends with the handle of the connection. */
final class DatabaseMetaDataHandle extends ForwardingDatabaseMetaData {
    DatabaseMetaDataHandle(ConnectionHandle connection, DatabaseMetaData driver) {
        super(connection, driver);
    }

    @Override
    public Connection getConnection() throws SQLException {
        delegate();
        return connection();
    }

    /** Answers after close too: it can't throw a SQLException, and a driver's version needs no connection. */
    @Override
    public int getDriverMajorVersion() {
        return driver().getDriverMajorVersion();
    }

    /** As {@link #getDriverMajorVersion()}. */
    @Override
    public int getDriverMinorVersion() {
        return driver().getDriverMinorVersion();
    }
}
