package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.becomes;
import static io.dewpond.benchmarks.conformance.Trial.eventually;
import static io.dewpond.benchmarks.conformance.Trial.refused;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.peer.OpenPool;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The pool itself as a {@code DataSource}, and its end. */
final class ClosingCases {
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private ClosingCases() {}

    static List<Case> all() {
        return List.of(
                Case.of(
                        "J46.unwrap",
                        "`isWrapperFor(DataSource.class)` is true, and `unwrap` gives a `DataSource`",
                        "`Wrapper`: true if the receiver implements the interface",
                        trial -> {
                            DataSource pool = trial.open(1);
                            require(pool.isWrapperFor(DataSource.class), "isWrapperFor is false");
                            require(pool.unwrap(DataSource.class) != null, "unwrap gives null");
                        }),
                Case.of(
                        "J46.closed",
                        "`getConnection` after `close` throws a `SQLException`, soon",
                        "else a pool that was closed works on, or the mistake is no JDBC error",
                        ClosingCases::refusesOnceClosed),
                Case.of(
                        "G53.waiter",
                        "A borrower who waits when the pool is closed is told soon, not at his timeout of 10 s",
                        "else the shutdown takes as long",
                        ClosingCases::waiterIsTold),
                Case.of(
                        "G53.idle",
                        "`close` closes every connection that is idle",
                        "else the server keeps the sessions",
                        ClosingCases::closesIdle),
                Case.of(
                        "G53.lent",
                        "A connection that was lent when the pool was closed is closed at the latest when its borrower does",
                        "else the server keeps the session",
                        ClosingCases::closesLent),
                Case.of(
                                "G54.threads",
                                "6 s after the last pool was closed, none of its threads is left",
                                "else an application that is undeployed leaks its class loader",
                                ClosingCases::leavesNoThread)
                        .inItsOwnJvm());
    }

    private static void refusesOnceClosed(Trial trial) throws Exception {
        OpenPool pool = trial.open(trial.terms(1));
        pool.dataSource().getConnection().close();
        pool.close();
        refused("getConnection", () -> Trial.within(SOON, "getConnection", pool.dataSource()::getConnection));
    }

    private static void waiterIsTold(Trial trial) throws Exception {
        OpenPool pool = trial.open(trial.terms(1).timeout(Duration.ofSeconds(10)));
        Connection held = pool.dataSource().getConnection();
        trial.hold(held);
        Future<Connection> waiter = Trial.start(pool.dataSource()::getConnection);
        require(!becomes(Duration.ofMillis(200), waiter::isDone), "he needn't wait");
        Future<Boolean> closing = Trial.start(() -> {
            pool.close();
            return true;
        });
        trial.hold(closing);
        require(becomes(PATIENCE, waiter::isDone), "6 s later he still waits");
    }

    private static void closesIdle(Trial trial) throws Exception {
        OpenPool pool = trial.open(trial.terms(3));
        trial.requireLendsAll(pool.dataSource(), 3);
        Trial.endsWithin(PATIENCE, "close", pool::close);
        eventually(
                SOON, () -> trial.database().open() == 0, () -> trial.database().open() + " sessions are open");
    }

    private static void closesLent(Trial trial) throws Exception {
        OpenPool pool = trial.open(trial.terms(1));
        Connection held = pool.dataSource().getConnection();
        Trial.endsWithin(PATIENCE, "close", pool::close);
        Trial.ignoringFailures(held::close);
        eventually(SOON, () -> trial.database().open() == 0, "the session is open");
    }

    private static void leavesNoThread(Trial trial) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        OpenPool pool = trial.open(trial.terms(3));
        trial.requireLendsAll(pool.dataSource(), 3);
        Trial.endsWithin(PATIENCE, "close", pool::close);
        becomes(PATIENCE, () -> left(before).isEmpty());
        Set<String> left = left(before);
        require(left.isEmpty(), "left are " + left);
    }

    private static Set<String> left(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive() && !isTheCases(thread))
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isTheCases(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return thread.getName().equals("borrower")
                || group == null
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup");
    }
}
