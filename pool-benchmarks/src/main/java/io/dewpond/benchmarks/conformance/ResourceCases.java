package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.script.Call;
import io.dewpond.benchmarks.conformance.script.Session;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** What a borrower opened: statements, result sets, and what is behind them. */
final class ResourceCases {
    private static final int A_LOT = 400_000;
    private static final long LITTLE = 12L << 20;
    private static final String RELEASES = "`Connection.close`: releases its JDBC resources at once";
    private static final String CACHE = "JDBC 4.3, 11.6: pooling of statements is to be transparent to the application";

    private ResourceCases() {}

    static List<Case> all() {
        return List.of(
                leftOpen("J7.statements", "Statements and result sets", ResourceCases::openSome),
                leftOpen("J7.forgotten", "… and those that the garbage collector has seen", connection -> {
                    openSome(connection);
                    System.gc();
                    System.gc();
                    return List.of();
                }),
                leftOpen(
                        "J7.metadata",
                        "The metadata's result sets",
                        connection -> connection.getMetaData().getTables(null, null, null, null)),
                Case.of(
                        "J7.failing",
                        "If a statement fails to close, the others are closed, and the place comes back",
                        "else an error at the end costs a connection, or a cursor",
                        ResourceCases::oneFailsToClose),
                Case.of(
                        "J8.completion",
                        "`closeOnCompletion`: a statement says that it is closed once its result set is",
                        "`Statement.closeOnCompletion`",
                        ResourceCases::closesOnCompletion),
                wayUp("keys", "of the generated keys", connection -> {
                    Statement statement = connection.createStatement();
                    statement.executeUpdate("insert", Statement.RETURN_GENERATED_KEYS);
                    return statement.getGeneratedKeys();
                }),
                wayUp("several", "of a statement's further results", connection -> {
                    CallableStatement statement = connection.prepareCall("{call f()}");
                    statement.execute();
                    return statement.getResultSet();
                }),
                wayUp("cursor", "of a cursor that is an out parameter", connection -> {
                    CallableStatement statement = connection.prepareCall("{call f(?)}");
                    statement.execute();
                    return (ResultSet) statement.getObject(1);
                }),
                leftOpen("J8.array", "An array's result sets", connection -> {
                    ResultSet results = connection.createStatement().executeQuery("select");
                    results.next();
                    return results.getArray(1).getResultSet();
                }),
                Case.of(
                                "J12.trace",
                                "A borrow that opens and closes 400,000 statements leaves no trace of them in memory (12 MB)",
                                "else a long batch runs out of memory",
                                ResourceCases::keepsNoTrace)
                        .inItsOwnJvm()
                        .within(Duration.ofSeconds(40)),
                Case.of(
                        "J47.kept",
                        "Statement cache (option): the same text is prepared once",
                        "what it is for",
                        ResourceCases::keepsStatements),
                Case.of(
                        "J47.shared",
                        "Statement cache: a statement in use isn't given out a second time",
                        "`Connection.prepareStatement` creates one; else two uses close each other's results",
                        ResourceCases::sharesNone),
                Case.of("J47.clean", "Statement cache: a statement comes without parameters", CACHE, trial -> {
                    DataSource pool = trial.open(Feature.STATEMENT_CACHE);
                    use(pool, statement -> statement.setInt(1, 1));
                    use(pool, statement -> Trial.refused("executing it without parameters", statement::executeQuery));
                }),
                Case.of("J47.batch", "Statement cache: a statement comes without a batch", CACHE, trial -> {
                    DataSource pool = trial.open(Feature.STATEMENT_CACHE);
                    use(pool, statement -> {
                        statement.setInt(1, 1);
                        statement.addBatch();
                    });
                    use(pool, statement -> {
                        statement.setInt(1, 2);
                        statement.addBatch();
                        require(statement.executeBatch().length == 1, "the last user's batch is executed too");
                    });
                }),
                Case.of(
                        "J47.limits",
                        "Statement cache: a statement comes without its last user's `maxRows` and `queryTimeout`",
                        CACHE,
                        trial -> {
                            DataSource pool = trial.open(Feature.STATEMENT_CACHE);
                            use(pool, statement -> {
                                statement.setMaxRows(1);
                                statement.setQueryTimeout(7);
                            });
                            use(pool, statement -> {
                                require(statement.getMaxRows() == 0, "maxRows is " + statement.getMaxRows());
                                require(
                                        statement.getQueryTimeout() == 0,
                                        "queryTimeout is " + statement.getQueryTimeout());
                            });
                        }),
                Case.of(
                        "J47.bounded",
                        "Statement cache: it keeps to its bound",
                        "else the server runs out of cursors",
                        ResourceCases::keepsFew));
    }

    /** Opens something and returns what a borrower still refers to. */
    @FunctionalInterface
    private interface Opening {
        Object on(Connection connection) throws SQLException;
    }

    private static Case leftOpen(String id, String what, Opening opening) {
        return Case.of(id, what + " left open are closed with the connection", RELEASES, trial -> {
            Connection connection = trial.open(1).getConnection();
            Session session = trial.session(connection);
            // A pool may keep one of its own, to validate with.
            int before = session.openStatements();
            trial.hold(opening.on(connection));
            connection.close();
            Trial.eventually(
                    SOON,
                    () -> session.openStatements() <= before,
                    () -> session.openStatements() - before + " statements are open");
        });
    }

    private static List<Object> openSome(Connection connection) throws SQLException {
        Statement plain = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select");
        CallableStatement callable = connection.prepareCall("{call f()}");
        callable.execute();
        return List.of(plain, plain.executeQuery("select"), prepared, prepared.executeQuery(), callable);
    }

    @FunctionalInterface
    private interface Query {
        ResultSet on(Connection connection) throws SQLException;
    }

    /** The way up from a result set: ends at the borrower's objects, for what he closes there is closed. */
    private static Case wayUp(String word, String what, Query query) {
        return Case.of(
                "J8." + word,
                "The way up from the result set " + what + " doesn't end at the driver's connection",
                "`ResultSet.getStatement`, `Statement.getConnection`; who closes that closes what the pool has",
                trial -> {
                    try (Connection connection = trial.open(1).getConnection()) {
                        Session session = trial.session(connection);
                        Statement statement = query.on(connection).getStatement();
                        if (statement != null) {
                            Connection end = statement.getConnection();
                            require(end != session.connection(), "it does");
                        }
                    }
                });
    }

    private static void oneFailsToClose(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        int before = session.openStatements();
        List<ResultSet> open = List.of(
                connection.createStatement().executeQuery("select"),
                connection.createStatement().executeQuery("select"),
                connection.createStatement().executeQuery("select"));
        AtomicInteger closes = new AtomicInteger();
        trial.database().on("Statement.close", call -> {
            if (closes.incrementAndGet() == 2) {
                throw new SQLException("can't be closed", "HY000");
            }
            return call.proceed();
        });
        ignoringFailures(connection::close);
        trial.requireLendsAll(pool, 1);
        int left = session.openStatements() - before;
        require(session.isClosed() || left <= 1, "of " + open.size() + ", " + left + " are open");
    }

    private static void closesOnCompletion(Trial trial) throws Exception {
        try (Connection connection = trial.open(1).getConnection()) {
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            ResultSet results = statement.executeQuery("select");
            results.close();
            require(statement.isClosed(), "it says that it is open");
        }
    }

    private static void keepsNoTrace(Trial trial) throws Exception {
        trial.database().forgetCalls();
        try (Connection connection = trial.open(1).getConnection()) {
            // What the first ones leave may be there once, and be used again.
            churn(connection, A_LOT);
            long before = used();
            churn(connection, A_LOT);
            long more = used() - before;
            require(more < LITTLE, more / (1 << 20) + " MB more are in use");
        }
    }

    private static void churn(Connection connection, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            connection.createStatement().close();
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    // ---- Statement cache

    @FunctionalInterface
    private interface Use {
        void of(PreparedStatement statement) throws Exception;
    }

    private static void use(DataSource pool, Use use) throws Exception {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement("select ?")) {
            use.of(statement);
        }
    }

    /** In all sessions, for some pools open one just to see that they can. */
    private static long prepared(Trial trial) {
        return trial.database().sessions().stream()
                .flatMap(session -> session.calls().stream())
                .map(Call::name)
                .filter("Connection.prepareStatement"::equals)
                .count();
    }

    private static void keepsStatements(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.STATEMENT_CACHE);
        for (int i = 0; i < 3; i++) {
            use(pool, statement -> {
                statement.setInt(1, 1);
                statement.executeQuery();
            });
        }
        long prepared = prepared(trial);
        require(prepared == 1, "it is prepared " + prepared + " times in 3 uses");
    }

    private static void sharesNone(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.STATEMENT_CACHE);
        try (Connection connection = pool.getConnection();
                PreparedStatement one = connection.prepareStatement("select");
                PreparedStatement other = connection.prepareStatement("select")) {
            ResultSet results = one.executeQuery();
            other.executeQuery();
            require(!results.isClosed() && results.next(), "a second use closes the first's result set");
        }
    }

    private static void keepsFew(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.STATEMENT_CACHE);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        int before = session.openStatements();
        for (int i = 0; i < 20; i++) {
            ignoringFailures(connection.prepareStatement("select " + i)::close);
        }
        connection.close();
        // Each pool is told to keep two for a connection; who keeps one more is bounded too.
        Trial.eventually(
                SOON,
                () -> session.openStatements() - before <= 4,
                () -> session.openStatements() - before + " are kept, and two were allowed");
    }
}
