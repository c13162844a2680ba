package io.dewpond.examples;

import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Many clients move money between accounts, each transfer in a transaction on a connection of its own: one borrowed from
 * a pool, and then one that is opened for it.
 */
public final class Bank {
    private static final int TURNS = 5;

    private final BankDatabase database;
    private final int clients;
    private final int connections;
    private final PrintStream out;

    Bank(BankDatabase database, int clients, int connections, PrintStream out) {
        this.database = database;
        this.clients = clients;
        this.connections = connections;
        this.out = out;
    }

    /**
     * Runs the bank, about 20 seconds unless {@code bank.seconds} says otherwise.
     *
     * @param arguments none; the settings are system properties
     * @throws Exception if the database fails before or after the measurement
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(setting("bank.seconds", "16"));
        try (BankDatabase database =
                BankDatabase.open(setting("bank.db", "h2"), setting("bank.user", ""), setting("bank.password", ""))) {
            int clients = Integer.parseInt(setting("bank.clients", "32"));
            int connections = Integer.parseInt(setting("bank.connections", "10"));
            new Bank(database, clients, connections, System.out).run(Duration.ofSeconds(seconds));
        }
    }

    private static String setting(String name, String defaultValue) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? defaultValue : value;
    }

    /** Opens the bank, measures for so long in all, and shows what a timeout looks like. */
    void run(Duration time) throws SQLException, InterruptedException, ExecutionException {
        out.printf("%d clients transfer money: %s.%n", clients, database.what());
        try (Connection connection = database.connect()) {
            Accounts.create(connection);
        }
        try {
            long before = sum();
            measure(time);
            out.printf(Locale.ROOT, "%nSum of all accounts: %,d before, %,d after.%n", before, sum());
            provokeTimeout();
        } finally {
            try (Connection connection = database.connect()) {
                Accounts.drop(connection);
            }
        }
    }

    private void measure(Duration time) throws InterruptedException {
        Map<String, Supplier<ExecutorService>> kinds = Load.kindsOfThreads();
        List<Comparison> comparisons = new ArrayList<>();
        for (Map.Entry<String, Supplier<ExecutorService>> kind : kinds.entrySet()) {
            comparisons.add(compare(kind.getKey(), kind.getValue(), time.dividedBy(kinds.size())));
        }
        Report report = Report.begin(out, "transfers/s", "connections");
        comparisons.forEach(one -> report.row(one.pooled, one.lent).row(one.unpooled, one.opened));
        comparisons.forEach(one -> report.compare(one.pooled, one.unpooled));
    }

    /** Measures both ways by turns, so that what else goes on in the machine meets both. */
    private Comparison compare(String name, Supplier<ExecutorService> threads, Duration time)
            throws InterruptedException {
        Duration turn = time.dividedBy(2L * TURNS);
        Load pooled = new Load(name + ", pooled", clients, turn);
        Load unpooled = new Load(name + ", a connection each", clients, turn);
        List<Load.Result> withPool = new ArrayList<>();
        List<Load.Result> without = new ArrayList<>();
        AtomicLong opened = new AtomicLong();
        try (PooledDataSource bank = PooledDataSource.open(config().name("bank").maxSize(connections))) {
            for (int i = 0; i < TURNS; i++) {
                withPool.add(pooled.run(threads.get(), out, () -> transfer(bank)));
                without.add(unpooled.run(threads.get(), out, () -> transferWithoutPool(opened)));
            }
            // The first turns have warmed the JVM up, and don't count.
            withPool.remove(0);
            without.remove(0);
            long lent = bank.pool().stats().created();
            return new Comparison(Load.Result.sum(withPool), lent, Load.Result.sum(without), opened.get());
        }
    }

    // snippet:pooled
    private static void transfer(PooledDataSource bank) throws SQLException {
        try (Connection connection = bank.getConnection()) {
            Accounts.transfer(connection);
        }
    }
    // end:pooled

    private void transferWithoutPool(AtomicLong opened) throws SQLException {
        try (Connection connection = database.connect()) {
            opened.incrementAndGet();
            connection.setAutoCommit(false);
            Accounts.transfer(connection);
        }
    }

    private void provokeTimeout() throws SQLException, InterruptedException, ExecutionException {
        out.printf("%nTwo tellers keep the only two connections, and a third asks for one. The pool says:%n");
        // Both connections are there before the clock runs: on a slow machine a connect outlasts the timeout.
        JdbcPoolConfig config = config().name("tellers")
                .maxSize(2)
                .minIdle(2)
                .warmUp(Duration.ofSeconds(30))
                .validateAfterIdle(Duration.ofMinutes(1))
                .acquireTimeout(Duration.ofMillis(300));
        try (PooledDataSource tellers = PooledDataSource.open(config);
                Connection first = on("teller-1", tellers::getConnection);
                Connection second = on("teller-2", tellers::getConnection);
                Connection none = tellers.getConnection()) {
            throw new IllegalStateException("bug: " + List.of(first, second, none) + " of 2");
        } catch (SQLTransientConnectionException timeout) {
            out.printf("  %s%n", timeout.getMessage());
        }
    }

    private static Connection on(String thread, Callable<Connection> task)
            throws InterruptedException, ExecutionException {
        FutureTask<Connection> connection = new FutureTask<>(task);
        new Thread(connection, thread).start();
        return connection.get();
    }

    private long sum() throws SQLException {
        try (Connection connection = database.connect()) {
            return Accounts.sum(connection);
        }
    }

    private JdbcPoolConfig config() {
        JdbcPoolConfig config = JdbcPoolConfig.of(database.url()).autoCommit(false);
        return database.user().isEmpty() ? config : config.user(database.user()).password(database.password());
    }

    private record Comparison(Load.Result pooled, long lent, Load.Result unpooled, long opened) {}
}
