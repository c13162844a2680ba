package io.dewpond.benchmarks.conformance.peer;

import com.mchange.v2.c3p0.AbstractConnectionCustomizer;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import java.beans.PropertyVetoException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;

/** c3p0. */
final class C3p0Peer implements Peer {
    @Override
    public String name() {
        return "c3p0";
    }

    @Override
    public String title() {
        return "c3p0";
    }

    @Override
    public String artifact() {
        return "c3p0";
    }

    @Override
    public String configuration() {
        return "`testConnectionOnCheckout`, `connectionIsValidTimeout` 1, `maxAdministrativeTaskTime` 2, `acquireRetryAttempts` 2, `acquireRetryDelay` 250 ms, SQL at connect and on return by a `ConnectionCustomizer`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.AUTO_COMMIT_OFF, Feature.FATAL_STATE);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of("J24.idle", "it has no such setting.", "J25.reset", "by a `ConnectionCustomizer`.");
    }

    @Override
    public OpenPool open(Terms terms) throws PropertyVetoException {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setDriverClass(Peers.DRIVER);
        pool.setJdbcUrl(terms.url());
        pool.setUser(terms.user());
        pool.setPassword(terms.password());
        pool.setInitialPoolSize(0);
        pool.setMinPoolSize(0);
        pool.setMaxPoolSize(terms.size());
        pool.setAcquireIncrement(1);
        pool.setAcquireRetryDelay(250);
        pool.setAcquireRetryAttempts(2);
        pool.setCheckoutTimeout((int) terms.timeout().toMillis());
        pool.setTestConnectionOnCheckout(true);
        pool.setConnectionIsValidTimeout(1);
        pool.setMaxAdministrativeTaskTime(2);
        pool.setMaxStatementsPerConnection(terms.statements());
        pool.setMarkSessionBoundaries(terms.requestBoundaries() ? "always" : "if-no-statement-cache");
        if (terms.initSql() != null) {
            pool.setConnectionCustomizerClassName(AtConnect.class.getName());
        }
        if (terms.resetSql() != null) {
            pool.setConnectionCustomizerClassName(OnReturn.class.getName());
        }
        if (!terms.reclaimAfter().isZero()) {
            pool.setUnreturnedConnectionTimeout((int) terms.reclaimAfter().toSeconds());
        }
        return new OpenPool(pool, pool);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Must be public for c3p0 to make it. */
    public static final class AtConnect extends AbstractConnectionCustomizer {
        @Override
        public void onAcquire(Connection connection, String token) throws SQLException {
            execute(connection, "init");
        }
    }

    /** Must be public for c3p0 to make it. */
    public static final class OnReturn extends AbstractConnectionCustomizer {
        @Override
        public void onCheckIn(Connection connection, String token) throws SQLException {
            execute(connection, "discard all");
        }
    }
}
