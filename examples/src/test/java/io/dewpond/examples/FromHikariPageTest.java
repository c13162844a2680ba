package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import io.dewpond.PoolControl;
import io.dewpond.PoolStats;
import io.dewpond.jdbc.ErrorClassifier.Verdict;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import io.dewpond.jdbc.PooledDataSourceFactory;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who comes from HikariCP finds each of its properties on the page, and is sent to nothing that isn't here. */
class FromHikariPageTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "from-hikaricp.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern NAME = Pattern.compile("(?<![A-Za-z_])[a-z][A-Za-z]+");

    /** What HikariConfig 7.0.2 has a setter for, or adds to, but for the setters of the data source that it is. */
    private static final Set<String> PROPERTIES = Set.of(
            "addDataSourceProperty",
            "addHealthCheckProperty",
            "allowPoolSuspension",
            "autoCommit",
            "catalog",
            "connectionInitSql",
            "connectionTestQuery",
            "connectionTimeout",
            "credentials",
            "credentialsProvider",
            "credentialsProviderClassName",
            "dataSource",
            "dataSourceClassName",
            "dataSourceJNDI",
            "dataSourceProperties",
            "driverClassName",
            "exceptionOverride",
            "exceptionOverrideClassName",
            "healthCheckProperties",
            "healthCheckRegistry",
            "idleTimeout",
            "initializationFailTimeout",
            "isolateInternalQueries",
            "jdbcUrl",
            "keepaliveTime",
            "leakDetectionThreshold",
            "maxLifetime",
            "maximumPoolSize",
            "metricRegistry",
            "metricsTrackerFactory",
            "minimumIdle",
            "password",
            "poolName",
            "readOnly",
            "registerMbeans",
            "scheduledExecutor",
            "schema",
            "threadFactory",
            "transactionIsolation",
            "username",
            "validationTimeout");

    /** What HikariPoolMXBean has. */
    private static final Set<String> CALLS = Set.of(
            "getActiveConnections",
            "getIdleConnections",
            "getThreadsAwaitingConnection",
            "getTotalConnections",
            "resumePool",
            "softEvictConnections",
            "suspendPool");

    @Test
    void eachPropertyHasARow() throws IOException {
        Set<String> missing = new TreeSet<>(PROPERTIES);
        rows("## The properties").forEach(row -> missing.removeAll(codes(row.get(0))));
        assertEquals(Set.of(), missing);
    }

    @Test
    void eachCallHasARow() throws IOException {
        String calls =
                String.join("", rows("## The calls").map(row -> row.get(0)).toList());
        for (String call : CALLS) {
            assertTrue(calls.contains(call), call);
        }
    }

    /** The names in the columns that tell what to use here, but for arguments and classes. */
    @Test
    void whatIsNamedForItIsHere() throws IOException {
        Set<String> here = new TreeSet<>();
        for (Class<?> type : List.of(
                JdbcPoolConfig.class,
                PooledDataSource.class,
                Pool.class,
                PoolControl.class,
                PoolStats.class,
                Connection.class)) {
            Arrays.stream(type.getMethods()).map(Method::getName).forEach(here::add);
        }
        Arrays.stream(Verdict.values()).map(Verdict::name).forEach(here::add);
        Set<String> unknown = new TreeSet<>();
        Stream.concat(
                        rows("## The properties").map(row -> row.get(2)),
                        rows("## The calls").map(row -> row.get(1)))
                .flatMap(cell -> codes(cell).stream())
                .flatMap(
                        code -> NAME.matcher(code.replaceAll("\\([^)]*\\)", "")).results())
                .map(MatchResult::group)
                .filter(name -> !here.contains(name))
                .forEach(unknown::add);
        assertEquals(Set.of(), unknown);
        assertTrue(Files.readString(PAGE).contains(PooledDataSourceFactory.class.getName()));
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    private static Stream<List<String>> rows(String heading) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        return lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `") || line.startsWith("| s") || line.startsWith("| i"))
                .map(line -> Stream.of(line.split("\\|")).skip(1).toList());
    }
}
