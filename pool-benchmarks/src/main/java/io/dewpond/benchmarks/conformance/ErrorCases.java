package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.borrow;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.script.Database;
import io.dewpond.benchmarks.conformance.script.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Errors of the driver: which end a connection, and what becomes of its place. */
final class ErrorCases {
    private static final String USELESS = "else each such error costs a connect";
    private static final String BROKEN = "else the next borrower gets a broken connection";
    private static final String PLACE = "else the pool shrinks with each, until nobody gets a connection";

    private ErrorCases() {}

    static List<Case> all() {
        return List.of(
                keeps(
                        "J30.key",
                        "A violated key (23505)",
                        USELESS,
                        () -> new SQLIntegrityConstraintViolationException("duplicate key", "23505", 1)),
                keeps(
                        "J30.syntax",
                        "A mistake in the SQL (42601)",
                        USELESS,
                        () -> new SQLSyntaxErrorException("syntax", "42601", 1)),
                keeps(
                        "J32.timeout",
                        "A statement's timeout (`SQLTimeoutException`)",
                        "`SQLTimeoutException` tells of the statement; " + USELESS,
                        () -> new SQLTimeoutException("timeout", "57014", 1)),
                ends("broken", "a broken connection (08006)", () -> new SQLException("broken", "08006")),
                ends("shutdown", "the server's shutdown (57P01)", () -> new SQLException("shutdown", "57P01")),
                ends(
                        "recoverable",
                        "a `SQLRecoverableException` without SQLState",
                        () -> new SQLRecoverableException("closed")),
                ends("next", "a broken connection that is told as the next exception of another", () -> {
                    SQLException batch = new SQLException("batch failed", "HY000");
                    batch.setNextException(new SQLException("broken", "08006"));
                    return batch;
                }),
                Case.of(
                        "J33.siblings",
                        "After a restart of the database, each next borrower gets a connection that works",
                        BROKEN,
                        ErrorCases::restart),
                Case.of(
                        "J35.own",
                        "An error that the user declared to end a connection ends it (option)",
                        "no pool can know all drivers",
                        ErrorCases::declaredFatal),
                Case.of(
                        "J11.runtime",
                        "A driver that throws a `RuntimeException` from a statement costs no place",
                        PLACE,
                        trial -> throwing(trial, new IllegalStateException("a driver's bug"))),
                Case.of(
                        "J11.error",
                        "A driver that throws an `Error` from a statement costs no place",
                        PLACE,
                        trial -> throwing(trial, new NoClassDefFoundError("a driver's class"))),
                Case.of(
                        "J11.return",
                        "A driver that throws a `RuntimeException` at the rollback on return costs no place",
                        PLACE,
                        trial -> throwingOnReturn(trial, new IllegalStateException("a driver's bug"))),
                Case.of(
                        "J11.reterror",
                        "A driver that throws an `Error` at the rollback on return costs no place",
                        PLACE,
                        trial -> throwingOnReturn(trial, new NoClassDefFoundError("a driver's class"))),
                Case.of(
                        "J11.validation",
                        "A driver that throws a `RuntimeException` from the validation costs no place",
                        PLACE,
                        trial -> throwingAtValidation(trial, new IllegalStateException("a driver's bug"))),
                Case.of(
                        "J11.valerror",
                        "A driver that throws an `Error` from the validation costs no place",
                        PLACE,
                        trial -> throwingAtValidation(trial, new NoClassDefFoundError("a driver's class"))));
    }

    @FunctionalInterface
    private interface Making {
        SQLException failure();
    }

    private static Case keeps(String id, String what, String why, Making making) {
        return Case.of(id, what + " keeps the connection", why, trial -> {
            DataSource pool = trial.open(1);
            Session session = fail(trial, pool, making, false);
            try (Connection next = borrow(pool)) {
                require(trial.session(next) == session, "it is replaced");
            }
        });
    }

    /** The connection doesn't work from then on: who validates at each borrow finds out as well as who looks at the error. */
    private static Case ends(String word, String what, Making making) {
        return Case.of("J31." + word, "After " + what + ", the next borrower gets one that works", BROKEN, trial -> {
            DataSource pool = trial.open(1);
            fail(trial, pool, making, true);
            try (Connection next = borrow(pool)) {
                next.createStatement().executeQuery("select").close();
            }
        });
    }

    private static Session fail(Trial trial, DataSource pool, Making making, boolean fatal) throws Exception {
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        Database database = trial.database();
        database.on("Statement.executeUpdate", call -> {
            if (fatal) {
                session.kill();
            }
            throw making.failure();
        });
        ignoringFailures(() -> connection.createStatement().executeUpdate("update"));
        database.heal("Statement.executeUpdate");
        ignoringFailures(connection::close);
        return session;
    }

    private static void restart(Trial trial) throws Exception {
        int size = 4;
        DataSource pool = trial.open(size);
        trial.requireLendsAll(pool, size);
        Connection unlucky = pool.getConnection();
        trial.database().restart();
        ignoringFailures(() -> unlucky.createStatement().executeQuery("select"));
        ignoringFailures(unlucky::close);
        List<Connection> lent = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Connection next = borrow(pool);
            lent.add(next);
            next.createStatement().executeQuery("select").close();
        }
        for (Connection connection : lent) {
            connection.close();
        }
    }

    private static void declaredFatal(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.FATAL_STATE);
        Session session = fail(trial, pool, () -> new SQLException("the appliance is rebooting", "XX042", 42), false);
        try (Connection next = borrow(pool)) {
            require(trial.session(next) != session, "the connection is lent again");
        }
    }

    private static void throwing(Trial trial, Throwable failure) throws Exception {
        int size = 2;
        DataSource pool = trial.open(size);
        trial.database().on("Statement.executeUpdate", call -> {
            throw failure;
        });
        for (int i = 0; i < 2 * size; i++) {
            Connection connection = borrow(pool);
            ignoringFailures(() -> connection.createStatement().executeUpdate("update"));
            ignoringFailures(connection::close);
        }
        trial.database().heal("Statement.executeUpdate");
        trial.requireLendsAll(pool, size);
    }

    private static void throwingOnReturn(Trial trial, Throwable failure) throws Exception {
        int size = 2;
        DataSource pool = trial.open(size);
        trial.database().on("Connection.rollback", call -> {
            throw failure;
        });
        for (int i = 0; i < 2 * size; i++) {
            Connection connection = borrow(pool);
            connection.setAutoCommit(false);
            connection.createStatement().executeUpdate("update");
            ignoringFailures(connection::close);
        }
        trial.database().heal("Connection.rollback");
        trial.requireLendsAll(pool, size);
    }

    private static void throwingAtValidation(Trial trial, Throwable failure) throws Exception {
        int size = 2;
        DataSource pool = trial.open(size);
        trial.requireLendsAll(pool, size);
        Validation.fail(trial.database(), failure);
        for (int i = 0; i < size; i++) {
            // It may fail meanwhile.
            ignoringFailures(() -> pool.getConnection().close());
        }
        Validation.heal(trial.database());
        trial.requireLendsAll(pool, size);
    }
}
