package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.peer.OpenPool;
import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Terms;
import io.dewpond.benchmarks.conformance.script.Database;
import io.dewpond.benchmarks.conformance.script.Session;
import java.lang.ref.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** What a case works with: one kind of pool, a database of its own, and ways to say what must be true. */
final class Trial implements AutoCloseable {
    /** Long enough for anything that isn't held up, on a machine that others use too. */
    static final Duration SOON = Duration.ofSeconds(3);

    private static final Duration TO_CLOSE = Duration.ofSeconds(3);

    private final Peer peer;
    private final Database database = Database.start();
    private final List<Object> held = new ArrayList<>();
    private final List<OpenPool> pools = new ArrayList<>();

    Trial(Peer peer) {
        this.peer = peer;
    }

    /** Does something that may fail as JDBC does. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** The pool did not do what the case is about. */
    static final class Unmet extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unmet(String message) {
            super(message);
        }
    }

    /** Somebody was held for longer than any reason allows. */
    static final class Hangs extends RuntimeException {
        private static final long serialVersionUID = 1;

        Hangs(String message) {
            super(message);
        }
    }

    /** The pool doesn't claim to do what the case is about. */
    static final class NotOffered extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotOffered(String message) {
            super(message);
        }
    }

    /** The configuration of the pool is wrong: the program's fault. */
    static final class CannotOpen extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotOpen(Throwable cause) {
            super("can't be opened", cause);
        }
    }

    /** Keeps something from the garbage collector until the case is over. */
    void hold(Object object) {
        held.add(object);
    }

    Database database() {
        return database;
    }

    Terms terms(int size) {
        return Terms.of(database.url(), size);
    }

    DataSource open(int size) {
        return open(terms(size)).dataSource();
    }

    DataSource open(int size, Duration timeout) {
        return open(terms(size).timeout(timeout)).dataSource();
    }

    /** Opens a pool of one with a feature, if there is such a pool. */
    DataSource open(Feature feature) {
        if (peer.lacks().contains(feature)) {
            throw new NotOffered("offers no " + feature);
        }
        return open(terms(1).with(feature)).dataSource();
    }

    OpenPool open(Terms terms) {
        try {
            OpenPool pool = peer.open(terms);
            pools.add(pool);
            return pool;
        } catch (Exception | LinkageError e) {
            throw new CannotOpen(e);
        }
    }

    Session session(Connection connection) throws SQLException {
        return database.session(connection);
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Unmet(otherwise);
        }
    }

    /** Fails unless this throws a {@code SQLException}, which it returns. */
    static SQLException refused(String what, Action action) throws Exception {
        try {
            action.run();
        } catch (SQLException expected) {
            return expected;
        } catch (Hangs | Unmet | NotOffered known) {
            throw known;
        } catch (RuntimeException | Error other) {
            throw new Unmet(what + " throws " + other.getClass().getSimpleName() + ", which is no SQLException");
        }
        throw new Unmet(what + " is not refused");
    }

    /** Does something, whatever it throws. */
    static void ignoringFailures(Action action) throws InterruptedException {
        try {
            action.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable e) {
            // What comes of it is seen afterwards.
        }
    }

    /** Starts it on a thread of its own. */
    static <T> Future<T> start(Callable<T> action) {
        FutureTask<T> task = new FutureTask<>(action);
        Thread.ofPlatform().daemon().name("borrower").start(task);
        return task;
    }

    /** Does something on another thread, and doesn't wait for it for ever. */
    static <T> T within(Duration time, String what, Callable<T> action) throws Exception {
        return outcome(time, what, start(action));
    }

    static void endsWithin(Duration time, String what, Action action) throws Exception {
        within(time, what, () -> {
            action.run();
            return true;
        });
    }

    /** What a task came to, or threw. */
    static <T> T outcome(Duration time, String what, Future<T> task) throws Exception {
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw new Unmet(what + " threw " + e.getCause());
        } catch (TimeoutException e) {
            throw new Hangs(what + " has not ended after " + time.toMillis() + " ms");
        }
    }

    /** Fails unless it comes true in time. */
    static void eventually(Duration time, BooleanSupplier condition, String otherwise) {
        eventually(time, condition, () -> otherwise);
    }

    /** The same, with a message that tells how it stands in the end. */
    static void eventually(Duration time, BooleanSupplier condition, Supplier<String> otherwise) {
        if (!becomes(time, condition)) {
            throw new Unmet(otherwise.get());
        }
    }

    static boolean becomes(Duration time, BooleanSupplier condition) {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    /** Fails unless so many connections can be had at once, distinct and working; gives them back. */
    void requireLendsAll(DataSource pool, int size) throws Exception {
        List<Connection> lent = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                lent.add(borrow(pool));
            }
            List<Long> ids = new ArrayList<>();
            for (Connection connection : lent) {
                ids.add(session(connection).id());
            }
            require(ids.stream().distinct().count() == size, "one connection is lent to two");
        } finally {
            for (Connection connection : lent) {
                connection.close();
            }
        }
    }

    /** Borrows; tries again for some seconds, for what is only late isn't lost. */
    static Connection borrow(DataSource pool) throws Exception {
        long end = System.nanoTime() + SOON.toNanos();
        while (true) {
            try {
                return within(SOON.multipliedBy(2), "getConnection", pool::getConnection);
            } catch (SQLException e) {
                if (System.nanoTime() - end > 0) {
                    throw new Unmet("no connection can be had afterwards: " + e.getMessage());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** Closes what the case left open; that it may hang was for the case to judge. */
    @Override
    public void close() throws InterruptedException {
        try {
            for (OpenPool pool : pools) {
                ignoringFailures(() -> endsWithin(TO_CLOSE, "close", pool::close));
            }
        } finally {
            Reference.reachabilityFence(held);
        }
    }
}
