package io.dewpond.benchmarks.conformance.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** HikariCP. */
final class HikariPeer implements Peer {
    @Override
    public String name() {
        return "hikaricp";
    }

    @Override
    public String title() {
        return "HikariCP";
    }

    @Override
    public String artifact() {
        return "HikariCP";
    }

    @Override
    public String configuration() {
        return "validates at each borrow (system property `com.zaxxer.hikari.aliveBypassWindowMs=-1`), `validationTimeout` 500 ms, `catalog`, `schema` and `transactionIsolation` set to what the database says at connect, without which it restores neither of the first two";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of(Feature.RESET_SQL, Feature.RECLAIM, Feature.STATEMENT_CACHE);
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of(
                "G25.login",
                "by setting `DriverManager`'s login timeout for the whole JVM (J44).",
                "J24.idle",
                "it restores the schema after the rollback, and so begins a transaction, as it would on PostgreSQL.",
                "J25.requests",
                "by the system property `com.zaxxer.hikari.enableRequestBoundaries`.",
                "J35.own",
                "by `exceptionOverride`.");
    }

    @Override
    public List<String> jvmOptions() {
        return List.of("-Dcom.zaxxer.hikari.aliveBypassWindowMs=-1");
    }

    @Override
    public OpenPool open(Terms terms) {
        // It reads this one when a pool is opened.
        System.setProperty("com.zaxxer.hikari.enableRequestBoundaries", Boolean.toString(terms.requestBoundaries()));
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(Peers.DRIVER);
        config.setJdbcUrl(terms.url());
        config.setUsername(terms.user());
        config.setPassword(terms.password());
        config.setMaximumPoolSize(terms.size());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(terms.timeout().toMillis());
        config.setValidationTimeout(500);
        config.setAutoCommit(terms.autoCommit());
        config.setCatalog(Peers.CATALOG);
        config.setSchema(Peers.SCHEMA);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql(terms.initSql());
        config.setRegisterMbeans(terms.jmx());
        if (terms.fatalState() != null) {
            config.setExceptionOverride(new Declared(terms.fatalState()));
        }
        HikariDataSource pool = new HikariDataSource(config);
        return new OpenPool(pool, pool);
    }

    /** An error that the user declares fatal. */
    private record Declared(String state) implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return state.equals(failure.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }
}
