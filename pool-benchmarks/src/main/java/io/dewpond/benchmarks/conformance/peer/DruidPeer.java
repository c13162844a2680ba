package io.dewpond.benchmarks.conformance.peer;

import com.alibaba.druid.pool.DruidDataSource;
import com.alibaba.druid.pool.ExceptionSorter;
import com.alibaba.druid.stat.DruidDataSourceStatManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Alibaba Druid. */
final class DruidPeer implements Peer {
    @Override
    public String name() {
        return "druid";
    }

    @Override
    public String title() {
        return "Druid";
    }

    @Override
    public String artifact() {
        return "druid";
    }

    @Override
    public String configuration() {
        return "`testOnBorrow` with `validationQuery` and its timeout of 1 s, `keepAlive` as by default, `useUnfairLock` false, `connectionErrorRetryAttempts` 1, `timeBetweenConnectErrorMillis` 250, each `default…` set, `connectTimeout` and `socketTimeout` 1 s, `killWhenSocketReadTimeout`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.RESET_SQL, Feature.REQUEST_BOUNDARIES);
    }

    @Override
    public OpenPool open(Terms terms) {
        DruidDataSource pool = new DruidDataSource(false);
        pool.setDriverClassName(Peers.DRIVER);
        pool.setUrl(terms.url());
        pool.setUsername(terms.user());
        pool.setPassword(terms.password());
        pool.setInitialSize(0);
        pool.setMinIdle(0);
        pool.setMaxActive(terms.size());
        pool.setMaxWait(terms.timeout().toMillis());
        pool.setUseUnfairLock(false);
        pool.setTestOnBorrow(true);
        pool.setValidationQuery("select 1");
        pool.setValidationQueryTimeout(1);
        pool.setConnectTimeout(1000);
        pool.setSocketTimeout(1000);
        pool.setKillWhenSocketReadTimeout(true);
        pool.setTimeBetweenConnectErrorMillis(250);
        pool.setConnectionErrorRetryAttempts(1);
        pool.setDefaultAutoCommit(terms.autoCommit());
        pool.setDefaultReadOnly(false);
        pool.setDefaultTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        pool.setDefaultCatalog(Peers.CATALOG);
        if (terms.initSql() != null) {
            pool.setConnectionInitSqls(List.of(terms.initSql()));
        }
        if (terms.fatalState() != null) {
            pool.setExceptionSorter(new Declared(terms.fatalState()));
        }
        if (terms.statements() > 0) {
            pool.setPoolPreparedStatements(true);
            pool.setMaxPoolPreparedStatementPerConnectionSize(terms.statements());
        }
        if (!terms.reclaimAfter().isZero()) {
            pool.setRemoveAbandoned(true);
            pool.setRemoveAbandonedTimeoutMillis(terms.reclaimAfter().toMillis());
            pool.setTimeBetweenEvictionRunsMillis(500);
        }
        if (terms.jmx()) {
            DruidDataSourceStatManager.addDataSource(pool, "conformance");
        }
        return new OpenPool(pool, pool);
    }

    /** An error that the user declares fatal. */
    private record Declared(String state) implements ExceptionSorter {
        @Override
        public boolean isExceptionFatal(SQLException failure) {
            return state.equals(failure.getSQLState());
        }

        @Override
        public void configFromProperties(Properties properties) {}
    }
}
