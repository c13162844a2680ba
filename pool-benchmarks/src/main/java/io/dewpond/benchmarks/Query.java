package io.dewpond.benchmarks;

import io.dewpond.benchmarks.contestant.Contestant;
import io.dewpond.benchmarks.contestant.Entry;
import io.dewpond.benchmarks.contestant.Settings;
import io.dewpond.benchmarks.stub.StubDriver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** One query a connection: acquire, prepare, execute, read a row, close everything. On a stub driver, or on H2. */
final class Query implements Scenario {
    private static final String H2 = "jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1";
    private static final String SQL = "SELECT amount FROM item WHERE id = ?";

    private final boolean h2;

    Query(boolean h2) {
        this.h2 = h2;
    }

    @Override
    public String name() {
        return h2 ? "h2" : "statement";
    }

    @Override
    public String title() {
        return "one query a connection, " + (h2 ? "H2 in memory" : "stub driver");
    }

    @Override
    public boolean admits(Entry entry) {
        return entry.jdbc();
    }

    @Override
    public boolean isQuick(Entry entry) {
        return entry.isOurs()
                || List.of(h2 ? "limit-jdbc" : "beecp", "hikaricp", "agroal").contains(entry.name());
    }

    @Override
    public Map<String, Map<String, String>> points(Options options) {
        return Points.patient(options).add(1, 10).addInFull(2, 10).points();
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("rate", "queries/µs", 2),
                new Metric("ns", "ns a query", 0),
                new Metric("bytes", "bytes allocated per query", 0));
    }

    @Override
    public SortedMap<String, Double> run(Cell cell, Entry entry) throws Exception {
        if (h2) {
            createTable();
        }
        Settings settings = new Settings(h2 ? H2 : StubDriver.URL, cell.number("size"), Race.TIMEOUT);
        return Race.run(entry, settings, contestant -> measure(contestant, cell));
    }

    private static <L> SortedMap<String, Double> measure(Contestant<L> contestant, Cell cell) throws Exception {
        return Windows.of(cell).measure(() -> query(contestant), cell.number("threads"));
    }

    private static <L> void query(Contestant<L> contestant) throws Exception {
        L lease = contestant.acquire();
        Connection connection = (Connection) contestant.lent(lease);
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setInt(1, 7);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next() || rows.getInt(1) != 42) {
                    throw new IllegalStateException("misbehaves: not the row that is there");
                }
            }
        }
        contestant.release(lease);
    }

    private static void createTable() throws SQLException {
        try (Connection connection = DriverManager.getConnection(H2);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE item(id INT PRIMARY KEY, amount INT)");
            statement.execute("INSERT INTO item SELECT x, 42 FROM SYSTEM_RANGE(1, 100)");
        }
    }
}
