package io.dewpond.benchmarks.conformance.peer;

import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import org.stone.beecp.BeeDataSource;
import org.stone.beecp.BeeDataSourceConfig;

/** BeeCP. */
final class BeePeer implements Peer {
    @Override
    public String name() {
        return "beecp";
    }

    @Override
    public String title() {
        return "BeeCP";
    }

    @Override
    public String artifact() {
        return "beecp";
    }

    @Override
    public String configuration() {
        return "validates at each borrow (`aliveAssumeTime` 0), `aliveTestTimeout` 1, `fairMode`, `timerCheckInterval` 0.5 s, each `default…` set, `forceDirtyOnSchemaAfterSet`, `forceDirtyOnCatalogAfterSet`, `forceRecycleBorrowedOnClose`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.INIT_SQL, Feature.RESET_SQL, Feature.STATEMENT_CACHE, Feature.REQUEST_BOUNDARIES);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of("J42.user", "it ignores both arguments.");
    }

    @Override
    public OpenPool open(Terms terms) {
        BeeDataSourceConfig config = new BeeDataSourceConfig();
        config.setDriverClassName(Peers.DRIVER);
        config.setJdbcUrl(terms.url());
        config.setUsername(terms.user());
        config.setPassword(terms.password());
        config.setInitialSize(0);
        config.setMaxActive(terms.size());
        config.setBorrowSemaphoreSize(terms.size());
        config.setMaxWait(terms.timeout().toMillis());
        config.setFairMode(true);
        config.setAliveAssumeTime(0);
        config.setAliveTestTimeout(1);
        config.setTimerCheckInterval(500);
        config.setForceRecycleBorrowedOnClose(true);
        config.setForceDirtyOnCatalogAfterSet(true);
        config.setForceDirtyOnSchemaAfterSet(true);
        config.setDefaultAutoCommit(terms.autoCommit());
        config.setDefaultReadOnly(false);
        config.setDefaultTransactionIsolationCode(Connection.TRANSACTION_READ_COMMITTED);
        config.setDefaultCatalog(Peers.CATALOG);
        config.setDefaultSchema(Peers.SCHEMA);
        config.setEnableJmx(terms.jmx());
        if (terms.fatalState() != null) {
            config.addSqlExceptionState(terms.fatalState());
        }
        if (!terms.reclaimAfter().isZero()) {
            config.setHoldTimeout(terms.reclaimAfter().toMillis());
        }
        BeeDataSource pool = new BeeDataSource(config);
        return new OpenPool(pool, pool::close);
    }
}
