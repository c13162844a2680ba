package io.dewpond.benchmarks.conformance.peer;

import io.dewpond.jdbc.ErrorClassifier;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ourselves, by the public API. */
final class DewpondPeer implements Peer {
    @Override
    public String name() {
        return "dewpond";
    }

    @Override
    public String title() {
        return "Dewpond";
    }

    @Override
    public String artifact() {
        return "pool-jdbc";
    }

    @Override
    public String configuration() {
        return "validates whatever was idle for a millisecond (`validateAfterIdle`), gives up a validation, connect or close after 1 s (`validationTimeout`, `createTimeout`, `destroyTimeout`), `checkAutoCommitOnRelease`, `rollbackOnRelease`, `usersMaxTotal`";
    }

    @Override
    public Set<Feature> lacks() {
        return Set.of();
    }

    @Override
    public Map<String, String> remarks() {
        return Map.of(
                "J25.autocommit",
                "by `checkAutoCommitOnRelease`, which is off by default.",
                "G57.reclaimed",
                "by `reclaimAfter`; without it, when the garbage collector finds the connection.");
    }

    @Override
    public OpenPool open(Terms terms) {
        Duration soon = Duration.ofSeconds(1);
        JdbcPoolConfig config = JdbcPoolConfig.of(terms.url())
                .user(terms.user())
                .password(terms.password())
                .maxSize(terms.size())
                .usersMaxTotal(terms.size())
                .acquireTimeout(terms.timeout())
                .createTimeout(soon)
                .validationTimeout(soon)
                .destroyTimeout(soon)
                .drainTimeout(soon)
                .validateAfterIdle(Duration.ofMillis(1))
                .checkAutoCommitOnRelease(true)
                .rollbackOnRelease(true)
                .autoCommit(terms.autoCommit())
                .reclaimAfter(terms.reclaimAfter())
                .statementCacheSize(terms.statements())
                .requestBoundaries(terms.requestBoundaries())
                .registerMXBean(terms.jmx());
        if (terms.initSql() != null) {
            config = config.connectionInitSql(List.of(terms.initSql()));
        }
        if (terms.resetSql() != null) {
            config = config.resetStatement(terms.resetSql());
        }
        String fatal = terms.fatalState();
        if (fatal != null) {
            ErrorClassifier own = failure -> fatal.equals(failure.getSQLState())
                    ? ErrorClassifier.Verdict.EVICT
                    : ErrorClassifier.Verdict.UNDECIDED;
            config = config.errorClassifier(own.then(ErrorClassifier.standard()));
        }
        PooledDataSource pool = PooledDataSource.open(config);
        return new OpenPool(pool, pool);
    }
}
