package io.dewpond.jdbc;

import io.dewpond.ObjectFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes what the pool lends. */
final class PhysicalConnections implements ObjectFactory<PhysicalConnection> {
    /** Stands in a configuration that hasn't been opened yet. */
    static final PhysicalConnections UNOPENED = new PhysicalConnections(
            nobody("bug: opened without a factory"),
            SessionDefaults.NONE,
            Outfit.NONE,
            Judge.STANDARD,
            new Secrets(List.of()));

    /** Connects in place of those who are to be told as whom. */
    static final ConnectionFactory KNOWS_NO_USER = nobody("bug: connected as nobody");

    /** Makes a connection fail in its borrower's hands. */
    static final Disposal<PhysicalConnection> ABORT = new Disposal<>() {
        @Override
        public void dispose(PhysicalConnection connection) throws SQLException {
            connection.abort();
        }
    };

    private final ConnectionFactory factory;
    private final SessionDefaults defaults;
    private final Outfit outfit;
    private final Judge judge;
    private final Secrets secrets;

    /** What the last new connection said; written and read by creators without any order, for it only saves memory. */
    private volatile @Nullable Baseline baseline;

    PhysicalConnections(
            ConnectionFactory factory, SessionDefaults defaults, Outfit outfit, Judge judge, Secrets secrets) {
        this.factory = factory;
        this.defaults = defaults;
        this.outfit = outfit;
        this.judge = judge;
        this.secrets = secrets;
    }

    private static ConnectionFactory nobody(String message) {
        return new ConnectionFactory() {
            @Override
            public Connection connect() {
                throw new IllegalStateException(message);
            }
        };
    }

    /** Takes over a new connection; closes it if that fails. */
    PhysicalConnection over(@Nullable Connection driver) throws SQLException {
        if (driver == null) {
            throw new SQLException("The connection factory returned null", "08001");
        }
        judge.learn(Decorator.bare(driver).getClass().getName());
        PhysicalConnection made = PhysicalConnection.over(driver, defaults, judge, baseline, outfit);
        baseline = made.session().baseline();
        return made;
    }

    @Override
    public PhysicalConnection create() throws Exception {
        try {
            return over(factory.connect());
        } catch (SQLException failure) {
            throw secrets.withoutSecrets(failure); // it goes into the pool's messages and log
        }
    }

    @Override
    public void destroy(PhysicalConnection connection) throws SQLException {
        connection.close();
    }
}
