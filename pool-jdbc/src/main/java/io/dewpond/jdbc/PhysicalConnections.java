package io.dewpond.jdbc;

import io.dewpond.ObjectFactory;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes what the pool lends. */
final class PhysicalConnections implements ObjectFactory<PhysicalConnection> {
    private final ConnectionFactory factory;
    private final SessionDefaults defaults;

    PhysicalConnections(ConnectionFactory factory, SessionDefaults defaults) {
        this.factory = factory;
        this.defaults = defaults;
    }

    @Override
    public PhysicalConnection create() throws Exception {
        Connection driver = factory.connect();
        if (driver == null) {
            throw new SQLException("The connection factory returned null", "08001");
        }
        return PhysicalConnection.over(driver, defaults);
    }

    @Override
    public void destroy(PhysicalConnection connection) throws SQLException {
        connection.close();
    }
}
