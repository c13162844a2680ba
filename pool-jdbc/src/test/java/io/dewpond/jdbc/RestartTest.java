package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After a restart of the server one borrower fails, the one who was first to notice, and none after. */
@Tag("J33")
class RestartTest {
    private static final int SIZE = 8;

    /** Connections that were in use a moment ago, and so would be lent without a validation. */
    private static JdbcPoolConfig trusting(JdbcPoolConfig config) {
        return config.maxSize(SIZE)
                .acquireTimeout(Duration.ofSeconds(30))
                .validateAfterIdle(Duration.ofDays(1))
                .maxLifetime(Duration.ZERO)
                .idleTimeout(Duration.ZERO);
    }

    private interface Use {
        void by(Connection connection) throws SQLException;
    }

    /** Holds all connections at once, after having used each. */
    private static void useAll(PooledDataSource ds, Use use) throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            Connection connection = ds.getConnection();
            held.add(connection);
            use.by(connection);
        }
        for (Connection connection : held) {
            connection.close();
        }
    }

    private static void failsOnceAndThenWorks(PooledDataSource ds, Runnable restart, Use use) throws SQLException {
        useAll(ds, use);
        assertEquals(SIZE, ds.pool().stats().idle());
        restart.run();
        try (Connection connection = ds.getConnection()) {
            assertThrows(SQLException.class, () -> use.by(connection));
        }
        useAll(ds, use);
        useAll(ds, use);
        assertEquals(2 * SIZE, ds.pool().stats().created());
    }

    @Test
    void firstFailureHasTheOthersValidatedBeforeTheyAreLent() throws SQLException {
        ScriptedServer server = new ScriptedServer();
        try (PooledDataSource ds = PooledDataSource.open(trusting(JdbcPoolConfig.of(server::connect)))) {
            failsOnceAndThenWorks(ds, server::restart, connection -> connection.nativeSQL("select 1"));
        }
        assertEquals(2 * SIZE, server.connects());
    }

    /** The failure is known at once, though its borrower keeps the connection. */
    @Test
    void nobodyHasToCloseTheBrokenOneFirst() throws SQLException {
        ScriptedServer server = new ScriptedServer();
        try (PooledDataSource ds = PooledDataSource.open(trusting(JdbcPoolConfig.of(server::connect)))) {
            useAll(ds, connection -> connection.nativeSQL("select 1"));
            server.restart();
            try (Connection broken = ds.getConnection()) {
                assertThrows(SQLException.class, () -> broken.nativeSQL("select 1"));
                try (Connection next = ds.getConnection()) {
                    assertEquals(null, next.nativeSQL("select 1"));
                }
            }
        }
    }

    @Test
    void sameOnPostgresWhoseSessionsWereAllTerminated() throws SQLException {
        String application = "restarted " + UUID.randomUUID();
        JdbcPoolConfig config = trusting(JdbcPoolConfig.of(Postgres.url())).property("ApplicationName", application);
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            failsOnceAndThenWorks(ds, () -> terminate(application), RestartTest::selectOne);
        }
    }

    private static void selectOne(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select 1")) {
            result.next();
            assertEquals(1, result.getInt(1));
        }
    }

    private static void terminate(String application) {
        try (Connection bare = DriverManager.getConnection(Postgres.url());
                Statement statement = bare.createStatement()) {
            statement.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = '"
                    + application + "'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
