package io.dewpond.benchmarks.conformance.peer;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat JDBC pool. */
final class TomcatPeer implements Peer {
    @Override
    public String name() {
        return "tomcat";
    }

    @Override
    public String title() {
        return "Tomcat JDBC";
    }

    @Override
    public String artifact() {
        return "tomcat-jdbc";
    }

    @Override
    public String configuration() {
        return "`testOnBorrow` with `validationInterval` 0, `validationQueryTimeout` 1, `rollbackOnReturn`, `fairQueue`, `propagateInterruptState`, interceptors `ConnectionState`, `StatementFinalizer` and `StatementDecoratorInterceptor`, `alternateUsernameAllowed`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.RESET_SQL, Feature.REQUEST_BOUNDARIES, Feature.FATAL_STATE);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of(
                "J20.open",
                "`rollbackOnReturn` takes effect only if `defaultAutoCommit` is false; otherwise auto-commit is switched on again, which commits.",
                "J12.trace",
                "the price of `StatementFinalizer`, without which no statement that was left open is closed (J7).",
                "J42.own",
                "by `alternateUsernameAllowed`.");
    }

    @Override
    public OpenPool open(Terms terms) throws SQLException, JMException {
        PoolProperties config = new PoolProperties();
        config.setDriverClassName(Peers.DRIVER);
        config.setUrl(terms.url());
        config.setUsername(terms.user());
        config.setPassword(terms.password());
        config.setInitialSize(0);
        config.setMinIdle(0);
        config.setMaxIdle(terms.size());
        config.setMaxActive(terms.size());
        config.setMaxWait((int) terms.timeout().toMillis());
        config.setTestOnBorrow(true);
        config.setValidationInterval(0);
        config.setValidationQueryTimeout(1);
        config.setRollbackOnReturn(true);
        config.setFairQueue(true);
        config.setPropagateInterruptState(true);
        config.setAlternateUsernameAllowed(true);
        config.setDefaultAutoCommit(terms.autoCommit());
        config.setDefaultReadOnly(false);
        config.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        config.setDefaultCatalog(Peers.CATALOG);
        config.setJmxEnabled(terms.jmx());
        config.setInitSQL(terms.initSql());
        String interceptors = "ConnectionState;StatementFinalizer;StatementDecoratorInterceptor";
        config.setJdbcInterceptors(
                terms.statements() > 0
                        ? interceptors + ";StatementCache(prepared=true,max=" + terms.statements() + ")"
                        : interceptors);
        if (!terms.reclaimAfter().isZero()) {
            config.setRemoveAbandoned(true);
            config.setRemoveAbandonedTimeout((int) terms.reclaimAfter().toSeconds());
            config.setTimeBetweenEvictionRunsMillis(500);
        }
        DataSource pool = new DataSource(config);
        if (terms.jmx()) {
            pool.createPool();
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(pool.getPool().getJmxPool(), new ObjectName("conformance:type=tomcat"));
        }
        return new OpenPool(pool, () -> pool.close(true));
    }
}
