package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.borrow;
import static io.dewpond.benchmarks.conformance.Trial.endsWithin;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.refused;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.script.Session;
import io.dewpond.benchmarks.conformance.script.Vendor;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What a borrower holds: a connection that is his until he closes it, and nobody's after. */
final class HandleCases {
    private HandleCases() {}

    static List<Case> all() {
        return List.of(
                Case.of(
                        "J1.twice",
                        "A second `close()` changes nothing for the next borrower",
                        "`Connection.close`: on a closed connection it is a no-op",
                        HandleCases::closedTwice),
                Case.of(
                        "J1.race",
                        "Two threads close one connection at once: it is returned once",
                        "`Connection.close`, as above; if not, two borrowers share a connection",
                        HandleCases::closedAtOnce),
                Case.of(
                        "J1.thread",
                        "Another thread may close a connection",
                        "else a watchdog can't give back what a stuck thread holds",
                        HandleCases::closedElsewhere),
                Case.of(
                        "J2.closed",
                        "After `close()`, `isClosed()` is true and `isValid(1)` false",
                        "`Connection.isClosed`, `Connection.isValid`",
                        HandleCases::saysThatItIsClosed),
                Case.of(
                        "J2.refuses",
                        "After `close()`, every method that the API says throws on a closed connection does, with a `SQLException`",
                        "`@throws SQLException … if this method is called on a closed connection`, method by method",
                        ClosedConnection::refusesAll),
                Case.of(
                        "J2.abort",
                        "After `close()`, `abort` does nothing, not even to the next borrower",
                        "`Connection.abort`: on a closed connection it is a no-op",
                        HandleCases::abortedAfterClose),
                Case.of(
                        "J2.object",
                        "After `close()`, `toString`, `equals` and `hashCode` work as before",
                        "`Object`; else it gets lost in a collection, and logging it fails",
                        HandleCases::isStillAnObject),
                Case.of(
                        "J3.info",
                        "`setClientInfo` on a closed connection throws `SQLClientInfoException`",
                        "`Connection.setClientInfo`",
                        HandleCases::refusesClientInfo),
                Case.of(
                        "J4.statement",
                        "A statement's `getConnection()` is the borrower's connection",
                        "`Statement.getConnection`: the Connection object that produced it",
                        trial -> {
                            try (Connection connection = trial.open(1).getConnection()) {
                                require(
                                        connection
                                                .createStatement()
                                                .getConnection()
                                                .equals(connection),
                                        "another Connection object");
                            }
                        }),
                Case.of(
                        "J4.metadata",
                        "The metadata's `getConnection()` is the borrower's connection",
                        "`DatabaseMetaData.getConnection`: the connection that produced it",
                        trial -> {
                            try (Connection connection = trial.open(1).getConnection()) {
                                require(
                                        connection.getMetaData().getConnection().equals(connection),
                                        "another Connection object");
                            }
                        }),
                Case.of(
                        "J4.results",
                        "A result set's `getStatement()` is the borrower's statement",
                        "`ResultSet.getStatement`: the Statement object that produced it",
                        trial -> {
                            try (Connection connection = trial.open(1).getConnection()) {
                                Statement statement = connection.createStatement();
                                ResultSet results = statement.executeQuery("select");
                                require(statement.equals(results.getStatement()), "another Statement object");
                            }
                        }),
                kept("statement", "A statement", connection -> {
                    Statement statement = connection.createStatement();
                    return () -> statement.executeQuery("select");
                }),
                kept("prepared", "A prepared statement", connection -> {
                    PreparedStatement statement = connection.prepareStatement("select");
                    return statement::executeQuery;
                }),
                kept("results", "A result set", connection -> {
                    ResultSet results = connection.createStatement().executeQuery("select");
                    return results::next;
                }),
                kept("metadata", "The metadata", connection -> {
                    DatabaseMetaData metadata = connection.getMetaData();
                    return () -> metadata.getTables(null, null, null, null);
                }),
                Case.of(
                        "J6.unwrap",
                        "`unwrap` and `isWrapperFor` find the driver's type",
                        "`Wrapper`; else what only the driver can do can't be done",
                        trial -> {
                            try (Connection connection = trial.open(1).getConnection()) {
                                require(connection.isWrapperFor(Vendor.class), "isWrapperFor is false");
                                Vendor vendor = connection.unwrap(Vendor.class);
                                require(
                                        vendor.sessionId()
                                                == trial.session(connection).id(),
                                        "it is another's");
                            }
                        }),
                Case.of(
                        "J6.closed",
                        "After `close()`, `unwrap` doesn't give the driver's connection out",
                        "it may be another borrower's by then",
                        HandleCases::unwrapsNothingOnceClosed),
                Case.of(
                        "J6.self",
                        "`unwrap(Connection.class)` gives the borrower's own connection, or a proxy for it",
                        "`Wrapper.unwrap`: if the receiver implements the interface, the receiver or a proxy for it",
                        HandleCases::unwrapsItself),
                Case.of(
                        "J10.executor",
                        "`abort(null)` throws",
                        "`Connection.abort`: throws if the executor is null",
                        trial -> {
                            try (Connection connection = trial.open(1).getConnection()) {
                                refused("abort(null)", () -> connection.abort(null));
                            }
                        }),
                Case.of(
                        "J10.closes",
                        "`abort` marks the connection closed, and the driver's is aborted or closed",
                        "`Connection.abort`",
                        HandleCases::abortCloses),
                Case.of(
                        "J10.place",
                        "After `abort` and `close()`, the next borrower gets another connection in its place",
                        "else the place is lost, or the connection lent broken",
                        trial -> abortFreesThePlace(trial, true)),
                Case.of(
                        "J10.alone",
                        "After `abort` alone, the next borrower gets another connection in its place",
                        "`Connection.abort` marks the connection closed and releases any resources",
                        trial -> abortFreesThePlace(trial, false)));
    }

    private static void closedTwice(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection first = pool.getConnection();
        first.close();
        Connection second = pool.getConnection();
        first.close();
        require(!second.isClosed(), "the next borrower's connection is closed");
        trial.session(second);
        refused("a second borrower of the only connection", pool::getConnection);
        second.close();
    }

    private static void closedAtOnce(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        CyclicBarrier start = new CyclicBarrier(2);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        for (int round = 0; round < 50_000 && System.nanoTime() - end < 0; round++) {
            Connection connection = pool.getConnection();
            Future<Boolean> rival = Rivals.submit(() -> {
                start.await();
                ignoringFailures(connection::close);
                return true;
            });
            start.await();
            ignoringFailures(connection::close);
            rival.get();
            try (Connection one = borrow(pool);
                    Connection other = borrow(pool)) {
                require(trial.session(one) != trial.session(other), "two borrowers share a connection");
            }
        }
        Connection one = borrow(pool);
        Connection other = borrow(pool);
        refused("a third borrower of two connections", pool::getConnection);
        one.close();
        other.close();
    }

    private static void closedElsewhere(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection connection = pool.getConnection();
        endsWithin(SOON, "close", connection::close);
        trial.requireLendsAll(pool, 1);
    }

    private static void saysThatItIsClosed(Trial trial) throws Exception {
        Connection connection = trial.open(1).getConnection();
        connection.close();
        require(connection.isClosed(), "isClosed is false");
        require(!connection.isValid(1), "isValid is true");
    }

    private static void abortedAfterClose(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        Connection first = pool.getConnection();
        first.close();
        try (Connection second = pool.getConnection()) {
            first.abort(Runnable::run);
            require(!second.isClosed(), "the next borrower's connection is closed");
            require(!trial.session(second).isClosed(), "the next borrower's session is gone");
        }
    }

    private static void isStillAnObject(Trial trial) throws Exception {
        Connection connection = trial.open(1).getConnection();
        Set<Connection> set = new HashSet<>(Set.of(connection));
        connection.close();
        Object itself = connection;
        require(connection.equals(itself), "it no longer equals itself");
        require(set.contains(connection), "its hashCode has changed");
        require(!connection.toString().isEmpty(), "toString is empty");
    }

    private static void refusesClientInfo(Trial trial) throws Exception {
        Connection connection = trial.open(1).getConnection();
        connection.close();
        SQLException one = refused("setClientInfo(name, value)", () -> connection.setClientInfo("a", "b"));
        SQLException all = refused("setClientInfo(properties)", () -> connection.setClientInfo(new Properties()));
        require(one instanceof SQLClientInfoException, "setClientInfo(name, value) throws " + one.getClass());
        require(all instanceof SQLClientInfoException, "setClientInfo(properties) throws " + all.getClass());
    }

    /** What a borrower makes of a connection, and uses when he shouldn't. */
    @FunctionalInterface
    private interface Keeping {
        Trial.Action from(Connection connection) throws SQLException;
    }

    private static Case kept(String word, String what, Keeping keeping) {
        return Case.of(
                "J5." + word,
                what + " kept past `close()` throws, and doesn't reach the driver under the next borrower's feet",
                word.equals("metadata")
                        ? "the connection is another's by then, and used by two threads"
                        : "`Statement`, `ResultSet`: throws if closed; `Connection.close` releases them",
                trial -> {
                    DataSource pool = trial.open(1);
                    Connection first = pool.getConnection();
                    Session session = trial.session(first);
                    Trial.Action use = keeping.from(first);
                    first.close();
                    try (Connection second = pool.getConnection()) {
                        trial.session(second);
                        int before = session.calls().size();
                        refused("its use", use);
                        // What the driver has closed, it refuses itself; its metadata can't be closed.
                        List<String> reached = session.callsAfter(before).stream()
                                .filter(call -> call.startsWith("DatabaseMetaData"))
                                .toList();
                        require(reached.isEmpty(), "it reaches the driver: " + reached);
                    }
                });
    }

    private static void unwrapsNothingOnceClosed(Trial trial) throws Exception {
        Connection connection = trial.open(1).getConnection();
        connection.close();
        Vendor[] found = new Vendor[1];
        ignoringFailures(() -> found[0] = connection.unwrap(Vendor.class));
        require(found[0] == null, "it does");
    }

    private static void unwrapsItself(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        try (Connection connection = pool.getConnection()) {
            Session session = trial.session(connection);
            Connection unwrapped = connection.unwrap(Connection.class);
            require(unwrapped != session.connection(), "it gives the driver's");
            unwrapped.close();
            require(connection.isClosed(), "it gives what can be closed without closing the borrower's");
        }
    }

    private static void abortCloses(Trial trial) throws Exception {
        try (Connection connection = trial.open(1).getConnection()) {
            Session session = trial.session(connection);
            connection.abort(Runnable::run);
            require(connection.isClosed(), "isClosed is false");
            Trial.eventually(SOON, session::isClosed, "the driver's connection is still open");
        }
    }

    private static void abortFreesThePlace(Trial trial, boolean closing) throws Exception {
        DataSource pool = trial.open(1);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        connection.abort(Runnable::run);
        if (closing) {
            ignoringFailures(connection::close);
        }
        try (Connection next = borrow(pool)) {
            require(trial.session(next) != session, "the aborted connection is lent again");
        }
    }
}
