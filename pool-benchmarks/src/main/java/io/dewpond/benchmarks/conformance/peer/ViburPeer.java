package io.dewpond.benchmarks.conformance.peer;

import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Vibur DBCP. */
final class ViburPeer implements Peer {
    @Override
    public String name() {
        return "vibur";
    }

    @Override
    public String title() {
        return "Vibur";
    }

    @Override
    public String artifact() {
        return "vibur-dbcp";
    }

    @Override
    public String configuration() {
        return "validates at each borrow (`connectionIdleLimitInSeconds` 0) by `isValid`, within `validateTimeoutInSeconds` 1 and `useNetworkTimeout`, `loginTimeoutInSeconds` 1, `poolFair`, `resetDefaultsAfterUse` with each `default…` set, `clearSQLWarnings`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.RESET_SQL, Feature.RECLAIM, Feature.REQUEST_BOUNDARIES);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of(
                "G25.login",
                "by setting `DriverManager`'s login timeout for the whole JVM (J44).",
                "J23.nothing",
                "the price of `resetDefaultsAfterUse`, without which nothing is restored (J22).",
                "J35.own",
                "by `criticalSQLStates`, which ends the whole pool's connections.",
                "J47.kept",
                "with Caffeine, which its user has to bring.");
    }

    @Override
    public OpenPool open(Terms terms) {
        ViburDBCPDataSource pool = new ViburDBCPDataSource();
        pool.setDriverClassName(Peers.DRIVER);
        pool.setJdbcUrl(terms.url());
        pool.setUsername(terms.user());
        pool.setPassword(terms.password());
        pool.setPoolInitialSize(0);
        pool.setPoolMaxSize(terms.size());
        pool.setPoolFair(true);
        pool.setConnectionTimeoutInMs(terms.timeout().toMillis());
        pool.setLoginTimeoutInSeconds(1);
        pool.setConnectionIdleLimitInSeconds(0);
        pool.setValidateTimeoutInSeconds(1);
        pool.setUseNetworkTimeout(true);
        pool.setNetworkTimeoutExecutor(Runnable::run);
        pool.setResetDefaultsAfterUse(true);
        pool.setClearSQLWarnings(true);
        pool.setDefaultAutoCommit(terms.autoCommit());
        pool.setDefaultReadOnly(false);
        pool.setDefaultTransactionIsolationIntValue(Connection.TRANSACTION_READ_COMMITTED);
        pool.setDefaultCatalog(Peers.CATALOG);
        pool.setInitSQL(terms.initSql());
        pool.setStatementCacheMaxSize(terms.statements());
        pool.setEnableJMX(terms.jmx());
        if (terms.fatalState() != null) {
            pool.setCriticalSQLStates(terms.fatalState());
        }
        pool.start();
        return new OpenPool(pool, pool);
    }
}
