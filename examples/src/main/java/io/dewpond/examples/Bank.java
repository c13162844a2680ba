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
            int connections = Integer.parseInt(setting("bank.connections", "8"));
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

    private void measure(Duration time) throws SQLException, InterruptedException {
        Map<String, Supplier<ExecutorService>> kinds = Load.kindsOfThreads();
        Duration each = time.dividedBy(2L * kinds.size());
        // The JVM compiles what it runs often; each way gets the chance before it counts.
        Supplier<ExecutorService> any = kinds.values().iterator().next();
        pooled("warming up, pooled", time.dividedBy(10), any);
        unpooled("warming up, a connection each", time.dividedBy(10), any);

        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Supplier<ExecutorService>> kind : kinds.entrySet()) {
            rows.add(pooled(kind.getKey() + ", pooled", each, kind.getValue()));
            rows.add(unpooled(kind.getKey() + ", a connection each", each, kind.getValue()));
        }
        Report report = Report.begin(out, "transfers/s", "connections");
        rows.forEach(row -> report.row(row.result, row.connections));
        for (int i = 0; i < rows.size(); i += 2) {
            report.compare(rows.get(i).result, rows.get(i + 1).result);
        }
    }

    // snippet:pooled
    private Row pooled(String name, Duration time, Supplier<ExecutorService> threads) throws InterruptedException {
        try (PooledDataSource bank =
                PooledDataSource.open(config().name("bank").maxSize(connections).autoCommit(false))) {
            Load.Result result = new Load(name, clients, time).run(threads.get(), out, () -> {
                try (Connection connection = bank.getConnection()) {
                    Accounts.transfer(connection);
                }
            });
            return new Row(result, bank.pool().stats().created());
        }
    }
    // end:pooled

    private Row unpooled(String name, Duration time, Supplier<ExecutorService> threads) throws InterruptedException {
        AtomicLong opened = new AtomicLong();
        Load.Result result = new Load(name, clients, time).run(threads.get(), out, () -> {
            try (Connection connection = database.connect()) {
                opened.incrementAndGet();
                Accounts.transfer(connection);
            }
        });
        return new Row(result, opened.get());
    }

    private void provokeTimeout() throws SQLException, InterruptedException, ExecutionException {
        out.printf("%nTwo tellers keep the only two connections, and a third asks for one. The pool says:%n");
        JdbcPoolConfig config = config().name("tellers").maxSize(2).acquireTimeout(Duration.ofMillis(300));
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
        JdbcPoolConfig config = JdbcPoolConfig.of(database.url());
        return database.user().isEmpty() ? config : config.user(database.user()).password(database.password());
    }

    private record Row(Load.Result result, long connections) {}
}
