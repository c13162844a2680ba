package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.CreationFailedException;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.impl.Pools;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page about configuration says is refused is what is refused, in the same words. */
class RefusalsTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "configuration.md");
    private static final Duration TOO_LONG = PoolConfig.LONGEST.plusNanos(1);

    private final PoolConfig<Object> config = PoolConfig.of(ObjectFactory.of(Object::new, object -> {}));
    private final JdbcPoolConfig jdbc = JdbcPoolConfig.of("jdbc:h2:mem:refusals");

    @Test
    void pageTellsWhatAPoolRefuses() throws IOException {
        Stream<PoolConfig<Object>> refused = Stream.of(
                config.name(" "),
                config.maxSize(0),
                config.minIdle(-1),
                config.minIdle(11),
                config.maxWaiters(-1),
                config.maxConcurrentCreations(0),
                config.acquireTimeout(Duration.ofSeconds(-1)),
                config.acquireTimeout(TOO_LONG),
                config.createTimeout(Duration.ZERO),
                config.validationTimeout(Duration.ZERO),
                config.destroyTimeout(Duration.ZERO),
                config.drainTimeout(Duration.ofSeconds(-1)),
                config.maintenanceInterval(Duration.ZERO),
                config.overdueAfter(Duration.ofSeconds(-1)),
                config.reclaimAfter(Duration.ofSeconds(-1)),
                config.overdueAfter(Duration.ofSeconds(2)).reclaimAfter(Duration.ofSeconds(1)),
                config.siteSampling(-1),
                config.warmUp(Duration.ofSeconds(-1)),
                config.warmUp(Duration.ofSeconds(1)),
                config.retryDelay(Duration.ZERO),
                config.maxRetryDelay(Duration.ofMillis(50)),
                config.validateAfterIdle(Duration.ofSeconds(-1)),
                config.validateEvery(Duration.ofSeconds(30)),
                config.validateOnRelease(true),
                config.validateAfterCreate(true));
        assertEquals(
                block("pool"),
                refused.map(PoolConfig::problems).map(RefusalsTest::one).collect(lines()));
    }

    @Test
    void pageTellsWhatAPoolOfConnectionsRefuses() throws IOException {
        Stream<JdbcPoolConfig> refused = Stream.of(
                JdbcPoolConfig.of("postgresql://localhost/shop"),
                JdbcPoolConfig.of("jdbc:shop:localhost"),
                JdbcPoolConfig.of("jdbc:postgresql://localhost/shop?user=ann").user("bob"),
                JdbcPoolConfig.of("jdbc:postgresql://localhost/shop?password=secret")
                        .password("secret"),
                jdbc.user("ann").property("user", "bob"),
                JdbcPoolConfig.of(() -> connection()).user("ann"),
                JdbcPoolConfig.of(() -> connection()).property("ssl", "true"),
                jdbc.isolation(3),
                jdbc.schema(" "),
                jdbc.maxLifetime(Duration.ofNanos(1)),
                jdbc.maxLifetime(Duration.ofMinutes(5)).idleTimeout(Duration.ofMinutes(10)));
        assertEquals(
                block("jdbc"),
                refused.map(JdbcPoolConfig::problems).map(RefusalsTest::one).collect(lines()));
    }

    @Test
    void pageShowsHowSeveralMistakesAreTold() throws IOException {
        Exception refusal = assertThrows(
                IllegalArgumentException.class,
                () -> Pools.open(config.name("parsers").maxSize(4).minIdle(8).retryDelay(Duration.ZERO)));
        assertEquals(block("several"), refusal.getMessage());
    }

    @Test
    void pageShowsHowAWrongPasswordIsTold() throws IOException, SQLException {
        String url = "jdbc:h2:mem:shop";
        try (Connection owner = DriverManager.getConnection(url, "ann", "right")) {
            assertFalse(owner.isReadOnly());
            JdbcPoolConfig wrong = JdbcPoolConfig.of(url)
                    .name("shop")
                    .user("ann")
                    .password("wrong")
                    .minIdle(1)
                    .warmUp(Duration.ofSeconds(10))
                    .failFast(true);
            Exception refusal = assertThrows(CreationFailedException.class, () -> PooledDataSource.open(wrong));
            assertEquals(block("password"), refusal.getMessage());
        }
    }

    private static Connection connection() throws SQLException {
        throw new SQLException("nobody connects here");
    }

    private static String one(List<String> problems) {
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private static Collector<CharSequence, ?, String> lines() {
        return Collectors.joining("\n");
    }

    /** What stands in the block below the comment with that name. */
    private static String block(String name) throws IOException {
        String page = Files.readString(PAGE);
        String begin = "<!-- refused:" + name + " -->\n```text\n";
        assertTrue(page.contains(begin), begin);
        String rest = page.substring(page.indexOf(begin) + begin.length());
        return rest.substring(0, rest.indexOf("\n```"));
    }
}
