package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.idleLongerThan;
import static io.dewpond.EvictionPolicy.olderThan;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The first lines that a user writes: a pool of parsers, and a pool of connections. */
final class FirstSteps {
    private FirstSteps() {}

    /** Something that is expensive to make. */
    static final class Parser {
        private boolean open = true;

        static Parser open() {
            return new Parser();
        }

        String parse(String text) {
            return text.strip();
        }

        boolean isAlive() {
            return open;
        }

        void close() {
            open = false;
        }
    }

    static String parse(String text) throws InterruptedException {
        // snippet:pool
        PoolConfig<Parser> config = PoolConfig.of(ObjectFactory.of(Parser::open, Parser::close))
                .name("parsers")
                .maxSize(16)
                .acquireTimeout(Duration.ofSeconds(2))
                .validator(Parser::isAlive)
                .evictionPolicy(olderThan(Duration.ofMinutes(30)).or(idleLongerThan(Duration.ofMinutes(10))));
        try (Pool<Parser> pool = Pools.open(config)) {
            try (Lease<Parser> lease = pool.acquire()) {
                return lease.get().parse(text);
            }
        }
        // end:pool
    }

    static int answer() throws SQLException {
        // snippet:jdbc
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:demo").user("sa").maxSize(10);
        try (PooledDataSource dataSource = PooledDataSource.open(config);
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 42")) {
            row.next();
            return row.getInt(1);
        }
        // end:jdbc
    }
}
