package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.borrow;
import static io.dewpond.benchmarks.conformance.Trial.eventually;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.peer.OpenPool;
import io.dewpond.benchmarks.conformance.script.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a borrower leaves behind: transactions and settings. */
final class StateCases {
    private static final String NEXT = "else the next borrower works with what he didn't ask for";
    private static final String HALF_DONE = "else half of a borrower's work, which he never committed, becomes true";

    private static final Set<String> END = Set.of("Connection.commit", "Connection.rollback");

    private StateCases() {}

    static List<Case> all() {
        return List.of(
                rolledBack("open", "An open transaction is rolled back on return", false),
                rolledBack("readonly", "… and if the connection is read-only", true),
                Case.of(
                        "J21.shutdown",
                        "A pool that is closed commits no open transaction of a borrower, also where the driver's `close` would",
                        HALF_DONE + "; `Connection.close`: with an active transaction, implementation-defined",
                        StateCases::shutdownCommitsNothing),
                restored("autocommit", "auto-commit", c -> c.setAutoCommit(false), Connection::getAutoCommit),
                restored(
                        "isolation",
                        "transaction isolation",
                        c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE),
                        Connection::getTransactionIsolation),
                restored("readonly", "read-only", c -> c.setReadOnly(true), Connection::isReadOnly),
                restored("catalog", "catalog", c -> c.setCatalog("other"), Connection::getCatalog),
                restored("schema", "schema", c -> c.setSchema("other"), Connection::getSchema),
                restored(
                        "holdability",
                        "holdability",
                        c -> c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT),
                        Connection::getHoldability),
                restored(
                        "network",
                        "network timeout",
                        c -> c.setNetworkTimeout(Runnable::run, 4321),
                        Connection::getNetworkTimeout),
                restored("types", "type map", c -> c.setTypeMap(Map.of("t", String.class)), Connection::getTypeMap),
                restored(
                        "info",
                        "client info",
                        c -> c.setClientInfo("ApplicationName", "other"),
                        c -> c.getClientInfo("ApplicationName")),
                Case.of("J22.warnings", "Restored on return: warnings, which are cleared", NEXT, trial -> {
                    DataSource pool = trial.open(1);
                    try (Connection first = pool.getConnection()) {
                        trial.session(first).warn("careful");
                        first.createStatement().executeQuery("select").close();
                    }
                    try (Connection second = pool.getConnection()) {
                        require(second.getWarnings() == null, "they are the next borrower's");
                    }
                }),
                Case.of(
                        "J22.failing",
                        "… and each of auto-commit, isolation and read-only after a transaction that failed",
                        NEXT,
                        StateCases::restoredAfterFailure),
                Case.of(
                        "J23.nothing",
                        "A borrow that changed nothing sets nothing, in the driver, on return and on the next borrow",
                        "each may be a round trip to the server; validation isn't counted",
                        StateCases::nothingChangedCostsNothing),
                Case.of(
                        "J24.idle",
                        "Auto-commit off by default: no connection is idle within a transaction, also after a changed schema",
                        "else locks are held, and old rows kept, by nobody",
                        StateCases::idleInNoTransaction),
                Case.of(
                        "J25.autocommit",
                        "Auto-commit that was switched off by SQL is on for the next borrower",
                        "else he works in a transaction that he doesn't know of",
                        StateCases::seesAutoCommitSetBySql),
                Case.of(
                        "J25.reset",
                        "A reset statement is executed on each return (option)",
                        "undoes what went past JDBC",
                        StateCases::executesReset),
                Case.of(
                        "J25.requests",
                        "The driver is told where a borrow begins and ends (option)",
                        "`Connection.beginRequest`: for connection pools to call",
                        StateCases::tellsRequests),
                Case.of(
                        "J26.failing",
                        "If restoring fails, the next borrower gets another connection, and no place is lost",
                        NEXT,
                        StateCases::failingRestore));
    }

    private static Case rolledBack(String word, String sentence, boolean readOnly) {
        return Case.of("J20." + word, sentence, HALF_DONE, trial -> {
            DataSource pool = trial.open(1);
            Connection first = pool.getConnection();
            Session session = trial.session(first);
            if (readOnly) {
                first.setReadOnly(true);
            }
            first.setAutoCommit(false);
            first.createStatement().executeUpdate("update");
            first.close();
            try (Connection second = borrow(pool)) {
                trial.session(second);
                requireRolledBack(session);
            }
        });
    }

    private static void requireRolledBack(Session session) {
        require(session.commits() == 0, "it is committed");
        require(!session.isInTransaction(), "it is still open");
    }

    private static void shutdownCommitsNothing(Trial trial) throws Exception {
        OpenPool pool = trial.open(trial.terms(1));
        Connection connection = pool.dataSource().getConnection();
        Session session = trial.session(connection);
        connection.setAutoCommit(false);
        connection.createStatement().executeUpdate("update");
        ignoringFailures(() -> Trial.endsWithin(SOON, "close", pool::close));
        ignoringFailures(connection::close);
        eventually(SOON, session::isClosed, "the session is still open");
        require(session.commits() == 0, "it is committed");
    }

    @FunctionalInterface
    private interface Change {
        void of(Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Reading {
        @Nullable
        Object of(Connection connection) throws SQLException;
    }

    private static Case restored(String word, String what, Change change, Reading reading) {
        return Case.of("J22." + word, "Restored on return: " + what, NEXT, trial -> {
            DataSource pool = trial.open(1);
            Connection first = pool.getConnection();
            // What the driver itself says, lest a pool answer from its memory.
            Object before = reading.of(trial.session(first).connection());
            change.of(first);
            first.close();
            try (Connection second = borrow(pool)) {
                Object now = reading.of(trial.session(second).connection());
                require(Objects.equals(before, now), "it is " + now);
                Object told = reading.of(second);
                require(Objects.equals(before, told), "the next borrower is told " + told);
            }
        });
    }

    private static void restoredAfterFailure(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection first = pool.getConnection();
        first.setReadOnly(true);
        first.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        first.setAutoCommit(false);
        ignoringFailures(() -> first.createStatement().executeUpdate("fail 40001"));
        first.close();
        try (Connection second = borrow(pool)) {
            Connection driver = trial.session(second).connection();
            require(driver.getAutoCommit(), "auto-commit is off");
            require(!driver.isReadOnly(), "it is read-only");
            require(
                    driver.getTransactionIsolation() == Connection.TRANSACTION_READ_COMMITTED,
                    "isolation is " + driver.getTransactionIsolation());
        }
    }

    private static void nothingChangedCostsNothing(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection first = pool.getConnection();
        Session session = trial.session(first);
        first.close();
        int before = session.calls().size();
        pool.getConnection().close();
        pool.getConnection().close();
        List<String> set = session.callsAfter(before).stream()
                .filter(call -> call.startsWith("Connection.set") || END.contains(call))
                .filter(call -> !call.equals("Connection.setNetworkTimeout"))
                .distinct()
                .toList();
        require(set.isEmpty(), "calls " + set);
    }

    private static void idleInNoTransaction(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.AUTO_COMMIT_OFF);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        require(!connection.getAutoCommit(), "auto-commit is on");
        connection.setSchema("other");
        connection.createStatement().executeUpdate("update");
        connection.commit();
        connection.close();
        eventually(SOON, () -> !session.isInTransaction(), "it is");
    }

    private static void seesAutoCommitSetBySql(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        try (Connection first = pool.getConnection();
                Statement statement = first.createStatement()) {
            statement.execute("set autocommit=0");
        }
        try (Connection second = borrow(pool)) {
            require(trial.session(second).connection().getAutoCommit(), "it is off");
        }
    }

    private static void executesReset(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.RESET_SQL);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        connection.createStatement().executeUpdate("update");
        connection.close();
        eventually(SOON, () -> session.executed().contains("discard all"), "it isn't");
    }

    private static void tellsRequests(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.REQUEST_BOUNDARIES);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        require(session.callsAfter(0).contains("Connection.beginRequest"), "beginRequest isn't called");
        connection.close();
        eventually(SOON, () -> session.callsAfter(0).contains("Connection.endRequest"), "endRequest isn't called");
    }

    private static void failingRestore(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection first = pool.getConnection();
        Session session = trial.session(first);
        first.setReadOnly(true);
        trial.database().on("Connection.setReadOnly", call -> {
            if (call.session() == session) {
                throw new SQLException("can't be set", "HY000");
            }
            return call.proceed();
        });
        ignoringFailures(first::close);
        try (Connection second = borrow(pool)) {
            require(!trial.session(second).connection().isReadOnly(), "the next borrower's is read-only");
        }
    }
}
