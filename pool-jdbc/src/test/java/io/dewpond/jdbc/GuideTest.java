package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.LeaseHolder;
import io.dewpond.PoolStats;
import io.dewpond.jdbc.ErrorClassifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
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
        assertEquals(7, blocks("jdbc.md", here));
        assertEquals(1, blocks("errors.md", here));
    }

    private static int blocks(String page, String here) throws IOException {
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/guide", page)))
                .results()
                .map(block -> squeezed(block.group(1)))
                .toList();
        for (String block : blocks) {
            assertTrue(here.contains(block), block);
        }
        return blocks.size();
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

    @Test
    void propertiesWork() {
        Properties properties = new Properties();
        properties.setProperty("url", "jdbc:h2:mem:shop");
        properties.setProperty("maxSize", "10");
        properties.setProperty("maxLifetime", "20m"); // or 500ms, 30s, 2h, 1d, PT20M
        properties.setProperty("property.MODE", "PostgreSQL");
        JdbcPoolConfig byProperties = JdbcPoolConfig.from(properties);
        assertEquals(List.of(), byProperties.problems());
    }

    @Test
    void credentialsWork() {
        DataSource driversDataSource = new DirectDataSource("jdbc:h2:mem:other");
        Path file = Path.of("credentials");
        JdbcPoolConfig fromFile = JdbcPoolConfig.of(driversDataSource).credentials(CredentialsProvider.fromFile(file));
        JdbcPoolConfig withTokens = JdbcPoolConfig.of(driversDataSource)
                .credentials(CredentialsProvider.cached(() -> Credentials.of("ann", token()), Duration.ofMinutes(10)));
        assertEquals(List.of(), fromFile.problems());
        assertEquals(List.of(), withTokens.problems());
    }

    @Test
    void usersHavePools() throws SQLException {
        JdbcPoolConfig forUsers =
                JdbcPoolConfig.of("jdbc:h2:mem:forusers").maxSize(2).usersMaxTotal(20);
        try (PooledDataSource ds = PooledDataSource.open(forUsers);
                Connection connection = ds.getConnection("ann", "secret")) {
            work(connection);
        }
    }

    private static String token() {
        return "fresh";
    }

    @Test
    void ownErrorsEvict() throws SQLException {
        ErrorClassifier ours = failure -> failure.getErrorCode() == 20_001 // our trigger: the session is beyond repair
                ? Verdict.EVICT
                : Verdict.UNDECIDED;
        JdbcPoolConfig careful =
                JdbcPoolConfig.of("jdbc:h2:mem:shop").errorClassifier(ours).needsWriter(true);
        Judge judge = Connecting.judge(careful);
        assertTrue(judge.ends(new SQLException("ours", "45000", 20_001)));
        assertFalse(judge.ends(new SQLException("another's", "45000", 20_002)));
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
