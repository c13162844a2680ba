package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.becomes;
import static io.dewpond.benchmarks.conformance.Trial.borrow;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.refused;
import static io.dewpond.benchmarks.conformance.Trial.require;
import static io.dewpond.benchmarks.conformance.Trial.within;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.peer.Terms;
import io.dewpond.benchmarks.conformance.script.Database;
import io.dewpond.benchmarks.conformance.script.Session;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;

/** Connecting and validating: a server that refuses, fails or says nothing, and as whom one connects. */
final class ConnectCases {
    private static final String HELD = "else the borrower's own deadline is missed by what the pool does for it";
    private static final String HEALED = "else the application must be restarted though the database is back";
    private static final Duration WAIT = Duration.ofSeconds(2);
    /** Half as long again, and a second: for a busy machine. */
    private static final Duration GENEROUS = Duration.ofSeconds(4);

    private ConnectCases() {}

    static List<Case> all() {
        return List.of(
                Case.of(
                        "J40.silent",
                        "A validation that gets no answer holds no borrower past his timeout (the driver keeps to every timeout it is given)",
                        HELD,
                        trial -> validationHangs(trial, Silence::atCall, false)),
                Case.of(
                        "J40.served",
                        "… and the borrower after him gets a connection that works",
                        HEALED,
                        trial -> validationHangs(trial, Silence::atCall, true)),
                Case.of(
                        "J40.socket",
                        "A validation that gets no answer holds no borrower past his timeout, also with a driver that ignores `isValid`'s argument, but has a network timeout",
                        HELD,
                        trial -> validationHangs(trial, Silence::inSocket, false)),
                Case.of(
                        "J40.refused",
                        "A validation that fails costs the borrower nothing: he gets another connection",
                        "else the error is his, though a new connection could be had",
                        ConnectCases::validationFails),
                Case.of(
                        "J42.user",
                        "`getConnection(user, password)` never gives a connection of another user",
                        "`DataSource.getConnection(user, password)`; refusing is fine",
                        ConnectCases::neverTheWrongUser),
                Case.of(
                        "J42.own",
                        "… and gives one of that user (option)",
                        "`DataSource.getConnection(user, password)`",
                        ConnectCases::givesTheUsers),
                Case.of(
                                "J44.global",
                                "`DriverManager`'s login timeout stays as it was",
                                "it is the whole JVM's: other pools and drivers heed it",
                                ConnectCases::globalsStay)
                        .inItsOwnJvm(),
                Case.of(
                        "J45.tostring",
                        "The password stands neither in the pool's `toString` nor in the exception of a failed connect",
                        "both are logged",
                        ConnectCases::hidesPassword),
                Case.of(
                                "J45.jmx",
                                "No attribute shown over JMX has the password (option)",
                                "whoever may monitor may not log in",
                                ConnectCases::hidesPasswordInJmx)
                        .inItsOwnJvm(),
                Case.of(
                        "J48.init",
                        "SQL is executed on each new connection, before anybody gets it (option)",
                        "to set what JDBC can't",
                        ConnectCases::initialSql),
                Case.of(
                        "G2.connect",
                        "A connect that hangs holds no borrower past his timeout",
                        HELD,
                        ConnectCases::connectHangs),
                Case.of(
                        "G25.driver",
                        "After a connect that hung until the driver gave it up (2 s), the place is used again",
                        HEALED,
                        trial -> placeOfHungConnect(trial, () -> Silence.lasts(2000, "the driver's own timeout"))),
                Case.of(
                        "G25.login",
                        "After a hung connect, the place is used again, with a driver that keeps to `DriverManager.setLoginTimeout`",
                        HEALED + "; most drivers have no timeout for it unless told",
                        trial -> placeOfHungConnect(trial, Silence::atConnect)),
                Case.of(
                        "G25.ever",
                        "After a hung connect, the place is used again, also if that connect never ends",
                        HEALED,
                        trial -> placeOfHungConnect(trial, () -> Silence.lasts(0, ""))),
                Case.of(
                        "G25.other",
                        "One connect that hangs doesn't stop others, of a pool with room",
                        "else one lost packet stops all growth",
                        ConnectCases::othersConnect),
                healing("sql", "a `SQLException`", () -> {
                    throw new SQLException("connection refused", "08001");
                }),
                healing("runtime", "a `RuntimeException`", () -> {
                    throw new IllegalStateException("a driver's bug");
                }),
                healing("error", "an `Error`", () -> {
                    throw new NoClassDefFoundError("a driver's class");
                }),
                Case.of(
                        "G24.storm",
                        "A database that refuses is not stormed: 8 borrowers who try again every 50 ms cause at most 50 connects a second",
                        "it has to come up again; refused credentials lock accounts",
                        ConnectCases::noStorm),
                Case.of(
                        "G24.cause",
                        "… and a borrower's exception has the driver's among its causes",
                        "else nobody learns why",
                        ConnectCases::tellsCause),
                Case.of(
                        "G26.close",
                        "A driver's `close` that hangs on a broken connection wedges neither its borrower nor the pool",
                        HELD,
                        ConnectCases::closeHangs));
    }

    private static void validationHangs(Trial trial, Database.Reaction silence, boolean served) throws Exception {
        DataSource pool = trial.open(1, WAIT);
        Session silent;
        try (Connection connection = pool.getConnection()) {
            silent = trial.session(connection);
        }
        idle();
        Validation.react(
                trial.database(),
                // Its other sessions answer: the firewall has forgotten this one.
                call -> call.session() == silent ? silence.to(call) : call.proceed());
        Future<Connection> borrower = Trial.start(pool::getConnection);
        if (!served) {
            ignoringSqlFailures(() -> Trial.outcome(GENEROUS, "getConnection", borrower));
            return;
        }
        becomes(GENEROUS, borrower::isDone);
        ignoringFailures(() -> Trial.outcome(Duration.ZERO, "", borrower).close());
        try (Connection next = borrow(pool)) {
            require(trial.session(next) != silent, "the silent connection is lent");
            next.createStatement().executeQuery("select").close();
        }
    }

    /** Nobody need validate what was in use a moment ago. */
    private static void idle() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
    }

    /** A borrower who is told in time that there is nothing is not held. */
    private static void ignoringSqlFailures(Trial.Action action) throws Exception {
        try {
            action.run();
        } catch (SQLException e) {
            // In time.
        }
    }

    private static void validationFails(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        trial.requireLendsAll(pool, 2);
        idle();
        trial.database().restart();
        try (Connection next = pool.getConnection()) {
            next.createStatement().executeQuery("select").close();
        }
    }

    private static void neverTheWrongUser(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        try (Connection ann = pool.getConnection()) {
            require(trial.session(ann).user().equals("ann"), "even ann is somebody else");
        }
        Connection[] bob = new Connection[1];
        ignoringFailures(() -> bob[0] = within(SOON, "getConnection", () -> pool.getConnection("bob", "b")));
        if (bob[0] != null) {
            require(trial.session(bob[0]).user().equals("bob"), "bob gets a connection of ann's");
            bob[0].close();
            try (Connection ann = borrow(pool)) {
                require(trial.session(ann).user().equals("ann"), "ann gets a connection of bob's");
            }
        }
    }

    private static void givesTheUsers(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        try (Connection bob = pool.getConnection("bob", "b")) {
            require(
                    trial.session(bob).user().equals("bob"),
                    "it is " + trial.session(bob).user() + "'s");
        } catch (SQLException | UnsupportedOperationException refusal) {
            throw new Trial.NotOffered("refuses");
        }
    }

    private static void globalsStay(Trial trial) throws Exception {
        DriverManager.setLoginTimeout(77);
        DataSource pool = trial.open(1);
        AtomicInteger during = new AtomicInteger(77);
        trial.database().onConnect(attempt -> during.set(DriverManager.getLoginTimeout()));
        pool.getConnection().close();
        require(during.get() == 77, "while it connects, it is " + during.get() + " s");
        require(DriverManager.getLoginTimeout() == 77, "it is " + DriverManager.getLoginTimeout() + " s");
    }

    private static void hidesPassword(Trial trial) throws Exception {
        Terms terms = trial.terms(1);
        DataSource pool = trial.open(terms).dataSource();
        require(!pool.toString().contains(terms.password()), "it stands in toString");
        trial.database().onConnect(attempt -> {
            throw new SQLException("no", "28000");
        });
        SQLException failure = refused("getConnection", pool::getConnection);
        require(!failure.toString().contains(terms.password()), "it stands in the exception");
    }

    private static void hidesPasswordInJmx(Trial trial) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> others = server.queryNames(null, null);
        DataSource pool = trial.open(Feature.JMX);
        pool.getConnection().close();
        String password = trial.terms(1).password();
        Set<ObjectName> shown = new HashSet<>(server.queryNames(null, null));
        shown.removeAll(others);
        require(!shown.isEmpty(), "nothing is shown at all");
        for (ObjectName name : shown) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                String[] value = {""};
                ignoringFailures(() -> value[0] = String.valueOf(server.getAttribute(name, attribute.getName())));
                require(!value[0].contains(password), attribute.getName() + " has it");
            }
        }
    }

    private static void initialSql(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.INIT_SQL);
        try (Connection connection = pool.getConnection()) {
            require(trial.session(connection).executed().contains("init"), "it isn't");
        }
    }

    private static void connectHangs(Trial trial) throws Exception {
        DataSource pool = trial.open(1, WAIT);
        trial.database().onConnect(attempt -> Silence.atConnect());
        refused("getConnection", () -> within(GENEROUS, "getConnection", pool::getConnection));
    }

    private static void placeOfHungConnect(Trial trial, Trial.Action hanging) throws Exception {
        DataSource pool = trial.open(1);
        trial.database().onConnect(attempt -> {
            if (attempt == 1) {
                hanging.run();
            }
        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        Future<Connection> first = Trial.start(pool::getConnection);
        becomes(SOON, first::isDone);
        while (true) {
            Future<Connection> next = Trial.start(pool::getConnection);
            if (becomes(SOON, next::isDone)) {
                try {
                    next.get().close();
                    return;
                } catch (ExecutionException e) {
                    // It wasn't free yet.
                }
            }
            if (System.nanoTime() - end > 0) {
                throw new Trial.Unmet("10 s later nobody gets a connection");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void othersConnect(Trial trial) throws Exception {
        DataSource pool = trial.open(3);
        trial.database().onConnect(attempt -> {
            if (attempt == 1) {
                Silence.atConnect();
            }
        });
        Future<Connection> first = Trial.start(pool::getConnection);
        becomes(SOON, first::isDone);
        borrow(pool).close();
    }

    private static Case healing(String word, String what, Trial.Action failing) {
        return Case.of(
                "G24." + word,
                "After connects that failed with " + what + ", the pool serves as soon as the database does (5 s)",
                HEALED,
                trial -> {
                    int size = 2;
                    DataSource pool = trial.open(size);
                    trial.database().onConnect(attempt -> failing.run());
                    for (int i = 0; i < 2 * size; i++) {
                        Future<Connection> borrower = Trial.start(pool::getConnection);
                        becomes(SOON, borrower::isDone);
                    }
                    trial.database().onConnect(attempt -> {});
                    boolean heals = becomes(Duration.ofSeconds(5), () -> {
                        Future<Connection> borrower = Trial.start(pool::getConnection);
                        try {
                            borrower.get(1500, TimeUnit.MILLISECONDS).close();
                            return true;
                        } catch (Exception e) {
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                            return false;
                        }
                    });
                    require(heals, "5 s later nobody gets a connection");
                    trial.requireLendsAll(pool, size);
                });
    }

    private static void noStorm(Trial trial) throws Exception {
        DataSource pool = trial.open(8);
        trial.database().onConnect(attempt -> {
            throw new SQLException("connection refused", "08001");
        });
        List<Future<Boolean>> borrowers = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        for (int i = 0; i < 8; i++) {
            borrowers.add(Trial.start(() -> {
                while (System.nanoTime() - end < 0) {
                    ignoringFailures(() -> pool.getConnection().close());
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
                return true;
            }));
        }
        becomes(SOON, () -> System.nanoTime() - end >= 0);
        int connects = trial.database().connects();
        for (Future<Boolean> borrower : borrowers) {
            becomes(SOON, borrower::isDone);
        }
        require(connects <= 100, connects + " connects in 2 s");
    }

    private static void tellsCause(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        trial.database().onConnect(attempt -> {
            throw new SQLException("the disk is full", "53100");
        });
        Throwable failure = refused("getConnection", () -> within(GENEROUS, "getConnection", pool::getConnection));
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < 20; next = next.getCause()) {
            chain.add(next);
        }
        boolean told = chain.stream()
                .anyMatch(link -> link instanceof SQLException said && "53100".equals(said.getSQLState()));
        require(told, "it hasn't: " + failure);
    }

    private static void closeHangs(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        Connection connection = pool.getConnection();
        Session session = trial.session(connection);
        trial.database().on("Connection.close", call -> {
            if (call.session() == session) {
                Silence.lasts(0, "");
            }
            return call.proceed();
        });
        session.kill();
        ignoringFailures(() -> connection.createStatement().executeUpdate("update"));
        ignoringSqlFailures(() -> Trial.endsWithin(GENEROUS, "the borrower's close", connection::close));
        borrow(pool).close();
        borrow(pool).close();
    }
}
