package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.LeaseHolder;
import io.dewpond.PoolStats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The code in the guide, compiled and run. */
class GuideTest {
    private final List<String> logged = new ArrayList<>();
    private int worked;

    @Test
    void codeOfTheGuideStandsHere() throws Exception {
        Path self = Path.of("src/test/java/io/dewpond/jdbc/GuideTest.java");
        String here = squeezed(Files.readString(self));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/guide/jdbc.md")))
                .results()
                .map(block -> squeezed(block.group(1)))
                .toList();
        assertEquals(4, blocks.size());
        for (String block : blocks) {
            assertTrue(here.contains(block), block);
        }
    }

    @Test
    void borrowingWorks() throws SQLException {
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:shop")
                .user("sa")
                .password("secret")
                .name("shop")
                .maxSize(10)
                .minIdle(2)
                .warmUp(Duration.ofSeconds(5));
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            try (Connection connection = ds.getConnection()) {
                work(connection);
            } // back in the pool
            report(ds.pool().stats());
        }
        assertEquals(1, worked);
    }

    @Test
    void otherSourcesWork() {
        DataSource driversDataSource = new DirectDataSource("jdbc:h2:mem:other");
        JdbcPoolConfig byDataSource =
                JdbcPoolConfig.of(driversDataSource).user("ann").password("secret");
        JdbcPoolConfig byFactory = JdbcPoolConfig.of(() -> connectWithAFreshToken());
        assertEquals(List.of(), byDataSource.problems());
        assertEquals(List.of(), byFactory.problems());
    }

    @Test
    void preparingWorks() throws SQLException {
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:prepared");
        JdbcPoolConfig prepared = config.connectionInitSql(List.of("SET TIME ZONE 'UTC'"))
                .connectionCustomizer(connection -> connection.setNetworkTimeout(Runnable::run, 60_000));
        try (PooledDataSource ds = PooledDataSource.open(prepared)) {
            work(ds.getConnection());
        }
    }

    @Test
    void watchingWorks() throws SQLException {
        JdbcPoolConfig config = JdbcPoolConfig.of("jdbc:h2:mem:watched");
        JdbcPoolConfig watched = config.slowStatementAfter(Duration.ofSeconds(2))
                .overdueAfter(Duration.ofMinutes(1))
                .listener(new JdbcListener() {
                    @Override
                    public void statementSlow(String sql, Duration took) {
                        log("slow: " + sql + " took " + took);
                    }

                    @Override
                    public void statementsLeftOpen(int count, LeaseHolder holder) {
                        log(holder.thread() + " left " + count + " statements open");
                    }
                });
        try (PooledDataSource ds = PooledDataSource.open(watched);
                Connection connection = ds.getConnection()) {
            connection.createStatement();
        }
        assertEquals(List.of(Thread.currentThread().getName() + " left 1 statements open"), logged);
    }

    private void log(String line) {
        logged.add(line);
    }

    private void work(Connection connection) throws SQLException {
        assertTrue(connection.isValid(5));
        worked++;
    }

    private static void report(PoolStats stats) {
        assertEquals(1, stats.acquired());
    }

    private static Connection connectWithAFreshToken() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:mem:other");
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
