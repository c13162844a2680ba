package io.dewpond.jdbc;

import io.dewpond.ObjectFactory;
import java.sql.Connection;
import java.sql.SQLException;

/** Makes what the pool lends. */
final class PhysicalConnections implements ObjectFactory<PhysicalConnection> {
    private final ConnectionFactory factory;
    private final SessionDefaults defaults;
    private final Secrets secrets;

    PhysicalConnections(ConnectionFactory factory, SessionDefaults defaults, Secrets secrets) {
        this.factory = factory;
        this.defaults = defaults;
        this.secrets = secrets;
    }

    @Override
    public PhysicalConnection create() throws Exception {
        try {
            Connection driver = factory.connect();
            if (driver == null) {
                throw new SQLException("The connection factory returned null", "08001");
            }
            return PhysicalConnection.over(driver, defaults);
        } catch (SQLException failure) {
            throw secrets.withoutSecrets(failure); // it goes into the pool's messages and log
        }
    }

    @Override
    public void destroy(PhysicalConnection connection) throws SQLException {
        connection.close();
    }
}
