package io.dewpond.benchmarks.conformance.peer;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.dbcp2.BasicDataSource;

/** Apache Commons DBCP. */
final class DbcpPeer implements Peer {
    @Override
    public String name() {
        return "dbcp2";
    }

    @Override
    public String title() {
        return "DBCP2";
    }

    @Override
    public String artifact() {
        return "commons-dbcp2";
    }

    @Override
    public String configuration() {
        return "`testOnBorrow`, `validationQueryTimeout` 1 s, `fastFailValidation`, `rollbackOnReturn`, `cacheState` off, each `default…` set to what the database says at connect, `accessToUnderlyingConnectionAllowed`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.RESET_SQL, Feature.REQUEST_BOUNDARIES);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of("J42.own", "its documentation says that it refuses.", "J35.own", "by `disconnectionSqlCodes`.");
    }

    @Override
    public OpenPool open(Terms terms) {
        BasicDataSource pool = new BasicDataSource();
        pool.setDriverClassName(Peers.DRIVER);
        pool.setUrl(terms.url());
        pool.setUsername(terms.user());
        pool.setPassword(terms.password());
        pool.setMaxTotal(terms.size());
        pool.setMaxIdle(terms.size());
        pool.setMaxWait(terms.timeout());
        pool.setTestOnBorrow(true);
        pool.setValidationQueryTimeout(Duration.ofSeconds(1));
        pool.setFastFailValidation(true);
        pool.setRollbackOnReturn(true);
        pool.setCacheState(false);
        pool.setAutoCommitOnReturn(terms.autoCommit());
        pool.setAccessToUnderlyingConnectionAllowed(true);
        pool.setDefaultAutoCommit(terms.autoCommit());
        pool.setDefaultReadOnly(false);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        pool.setDefaultCatalog(Peers.CATALOG);
        pool.setDefaultSchema(Peers.SCHEMA);
        if (terms.initSql() != null) {
            pool.setConnectionInitSqls(List.of(terms.initSql()));
        }
        if (terms.fatalState() != null) {
            pool.setDisconnectionSqlCodes(List.of(terms.fatalState()));
        }
        if (terms.jmx()) {
            pool.setJmxName("conformance:type=dbcp2");
        }
        if (terms.statements() > 0) {
            pool.setPoolPreparedStatements(true);
            pool.setMaxOpenPreparedStatements(terms.statements());
        }
        if (!terms.reclaimAfter().isZero()) {
            pool.setRemoveAbandonedOnBorrow(true);
            pool.setRemoveAbandonedOnMaintenance(true);
            pool.setRemoveAbandonedTimeout(terms.reclaimAfter());
            pool.setDurationBetweenEvictionRuns(Duration.ofMillis(500));
        }
        return new OpenPool(pool, pool);
    }
}
