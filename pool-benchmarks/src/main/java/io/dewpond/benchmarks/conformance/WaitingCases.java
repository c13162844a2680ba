package io.dewpond.benchmarks.conformance;

import static io.dewpond.benchmarks.conformance.Trial.SOON;
import static io.dewpond.benchmarks.conformance.Trial.becomes;
import static io.dewpond.benchmarks.conformance.Trial.borrow;
import static io.dewpond.benchmarks.conformance.Trial.ignoringFailures;
import static io.dewpond.benchmarks.conformance.Trial.refused;
import static io.dewpond.benchmarks.conformance.Trial.require;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.script.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Many borrowers, few connections. */
final class WaitingCases {
    private static final String LOST = "else the connection is nobody's, for ever";
    private static final int CROWD = 64;

    private WaitingCases() {}

    static List<Case> all() {
        return List.of(
                Case.of(
                        "G2.full",
                        "With all connections lent, `getConnection` fails after its timeout of 1 s, not before 0.5 s nor after 2.5 s",
                        "what a timeout is for",
                        WaitingCases::timeoutIsKept),
                Case.of(
                        "J41.type",
                        "… with a `SQLTransientException`",
                        "`SQLTransientException`: the operation may succeed if tried again; `DataSource.getConnection`: `SQLTimeoutException`",
                        trial -> {
                            DataSource pool = trial.open(1);
                            try (Connection held = pool.getConnection()) {
                                trial.session(held);
                                SQLException failure = refused("a second borrower", pool::getConnection);
                                require(
                                        failure instanceof SQLTransientException,
                                        "with a " + failure.getClass().getSimpleName());
                            }
                        }),
                Case.of(
                        "G5.handover",
                        "A waiting borrower is served within 0.25 s of a return",
                        "else he waits though there is a connection",
                        WaitingCases::handover),
                Case.of(
                                "G8.crowd",
                                "64 borrowers without a pause share 4 connections for 3 s: nobody waits for more than a second",
                                "a fair turn takes some milliseconds; others got thousands meanwhile",
                                WaitingCases::crowd)
                        .within(Duration.ofSeconds(30)),
                Case.of(
                        "G9.waiting",
                        "A borrower who is interrupted while he waits stops waiting",
                        "else a task can't be cancelled",
                        trial -> interrupted(trial, false)),
                Case.of(
                        "G9.flag",
                        "… and his thread's interrupt flag is set again",
                        "`Thread.interrupt`: a `SQLException` doesn't tell the thread's owner that it is to end",
                        trial -> interrupted(trial, true)),
                Case.of(
                        "G9.before",
                        "A borrower whose flag is set before, with a connection idle, loses none",
                        LOST,
                        WaitingCases::interruptedBefore),
                Case.of(
                                "G10.race",
                                "Interrupts that meet returns, 1,000 times: no connection is lost",
                                LOST,
                                WaitingCases::interruptMeetsReturn)
                        .within(Duration.ofSeconds(40)),
                Case.of(
                                "G20.size",
                                "Never more connections are open than the size, also while broken ones are replaced (a `close` takes 5 ms)",
                                "the server's limit is shared with others",
                                WaitingCases::neverMoreThanSize)
                        .within(Duration.ofSeconds(30)),
                Case.of(
                        "G57.reclaimed",
                        "A connection that its borrower forgot comes back to the pool (option)",
                        "else each such mistake costs a place, for ever",
                        WaitingCases::reclaimed));
    }

    private static void timeoutIsKept(Trial trial) throws Exception {
        DataSource pool = trial.open(1);
        try (Connection held = pool.getConnection()) {
            trial.session(held);
            long start = System.nanoTime();
            refused(
                    "a second borrower",
                    () -> Trial.within(SOON.multipliedBy(2), "getConnection", pool::getConnection));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            require(took >= 500 && took <= 2500, "after " + took + " ms");
        }
    }

    private static void handover(Trial trial) throws Exception {
        DataSource pool = trial.open(1, Duration.ofSeconds(5));
        for (int i = 0; i < 5; i++) {
            Connection held = pool.getConnection();
            Future<Connection> waiter = Trial.start(pool::getConnection);
            require(!becomes(Duration.ofMillis(100), waiter::isDone), "he needn't wait");
            held.close();
            require(becomes(Duration.ofMillis(250), waiter::isDone), "he isn't");
            waiter.get().close();
        }
    }

    private static void crowd(Trial trial) throws Exception {
        trial.database().forgetCalls();
        DataSource pool = trial.open(4, Duration.ofSeconds(10));
        trial.requireLendsAll(pool, 4);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Long>> longest = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            longest.add(Trial.start(() -> {
                start.await();
                long worst = 0;
                for (long before = System.nanoTime(); before - end < 0; before = System.nanoTime()) {
                    try (Connection connection = pool.getConnection()) {
                        worst = Math.max(worst, System.nanoTime() - before);
                        connection.nativeSQL("");
                    }
                }
                return worst;
            }));
        }
        start.countDown();
        long worst = 0;
        for (Future<Long> borrower : longest) {
            worst = Math.max(worst, Trial.outcome(Duration.ofSeconds(20), "a borrower", borrower));
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(worst);
        require(millis <= 1000, "somebody waited for " + millis + " ms");
    }

    private static void interrupted(Trial trial, boolean judgeFlag) throws Exception {
        DataSource pool = trial.open(1, Duration.ofSeconds(10));
        try (Connection held = pool.getConnection()) {
            trial.session(held);
            Borrower borrower = new Borrower(pool);
            borrower.start();
            boolean waits = becomes(SOON, borrower::isWaiting);
            require(waits, "he doesn't wait");
            borrower.interrupt();
            borrower.join(SOON.toMillis());
            require(!borrower.isAlive(), "3 s later he still waits");
            if (judgeFlag) {
                require(borrower.knows, "it isn't, and he got " + borrower.failure);
            }
        }
    }

    /** A thread that borrows once and remembers how that ended. */
    private static final class Borrower extends Thread {
        private final DataSource pool;
        private volatile String failure = "a connection";
        private volatile boolean knows;

        private Borrower(DataSource pool) {
            super("borrower");
            this.pool = pool;
            setDaemon(true);
        }

        private boolean isWaiting() {
            State state = getState();
            return state == State.WAITING || state == State.TIMED_WAITING;
        }

        @Override
        public void run() {
            try {
                pool.getConnection().close();
            } catch (Exception e) {
                failure = e.toString();
            }
            knows = isInterrupted();
        }
    }

    private static void interruptedBefore(Trial trial) throws Exception {
        DataSource pool = trial.open(2);
        trial.requireLendsAll(pool, 2);
        for (int i = 0; i < 10; i++) {
            Future<Boolean> borrower = Trial.start(() -> {
                Thread.currentThread().interrupt();
                pool.getConnection().close();
                return true;
            });
            require(becomes(SOON, borrower::isDone), "he hangs");
        }
        trial.requireLendsAll(pool, 2);
    }

    private static void interruptMeetsReturn(Trial trial) throws Exception {
        trial.database().forgetCalls();
        DataSource pool = trial.open(1, Duration.ofSeconds(5));
        for (int round = 0; round < 1000; round++) {
            Connection held;
            try {
                held = Trial.within(SOON.multipliedBy(2), "getConnection", pool::getConnection);
            } catch (SQLException e) {
                throw new Trial.Unmet("lost in round " + round + ": " + e.getMessage());
            }
            Borrower borrower = new Borrower(pool);
            borrower.start();
            becomes(SOON, borrower::isWaiting);
            Future<Boolean> interrupt = Rivals.submit(() -> {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000));
                borrower.interrupt();
                return true;
            });
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(20_000));
            held.close();
            interrupt.get();
            borrower.join(SOON.toMillis());
            require(!borrower.isAlive(), "a borrower hangs");
        }
        trial.requireLendsAll(pool, 1);
    }

    private static void neverMoreThanSize(Trial trial) throws Exception {
        int size = 3;
        trial.database().forgetCalls();
        trial.database().on("Connection.close", call -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            return call.proceed();
        });
        DataSource pool = trial.open(size, Duration.ofSeconds(5));
        AtomicInteger cycles = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        List<Future<Boolean>> borrowers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            borrowers.add(Trial.start(() -> {
                while (System.nanoTime() - end < 0) {
                    ignoringFailures(() -> {
                        try (Connection connection = pool.getConnection()) {
                            if (cycles.incrementAndGet() % 10 == 0) {
                                Session session = trial.session(connection);
                                session.kill();
                                connection.createStatement().executeUpdate("update");
                            }
                        }
                    });
                }
                return true;
            }));
        }
        for (Future<Boolean> borrower : borrowers) {
            Trial.outcome(Duration.ofSeconds(15), "a borrower", borrower);
        }
        int most = trial.database().mostOpen();
        require(most <= size, most + " were open, of a pool of " + size);
    }

    private static void reclaimed(Trial trial) throws Exception {
        DataSource pool = trial.open(Feature.RECLAIM);
        forget(pool);
        boolean back = becomes(Duration.ofSeconds(10), () -> {
            System.gc();
            try {
                borrow(pool).close();
                return true;
            } catch (Exception e) {
                return false;
            }
        });
        require(back, "10 s later it isn't back; the pool was told to wait for 1 s");
    }

    /** In a frame of its own, lest a register hold it. */
    @SuppressWarnings("unused")
    private static void forget(DataSource pool) throws SQLException {
        Connection forgotten = pool.getConnection();
        forgotten.nativeSQL("");
    }
}
