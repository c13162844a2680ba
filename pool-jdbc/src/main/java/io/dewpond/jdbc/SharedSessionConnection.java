package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;

/** A connection to a proxy that gives each transaction another session: what would change a session is refused. */
final class SharedSessionConnection extends ConnectionDecorator {
    SharedSessionConnection(Connection driver) {
        super(driver);
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        throw refused(Setting.CATALOG);
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        throw refused(Setting.SCHEMA);
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        throw refused(Setting.ISOLATION);
    }

    private static SQLException refused(Setting setting) {
        return new SQLFeatureNotSupportedException(
                "The " + setting + " can't be set: by transactionPooling, the session is another's after each"
                        + " transaction. Set it by SQL that ends with the transaction, such as SET LOCAL",
                "0A000");
    }
}
