package io.dewpond.examples;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** The accounts of the bank: a table of its own, so many rows that two transfers seldom meet on one. */
final class Accounts {
    private static final int COUNT = 10_000;
    private static final long BALANCE = 1_000;

    private Accounts() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table dewpond_account (id integer primary key, balance bigint not null)");
        }
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("insert into dewpond_account values (?, ?)")) {
            for (int id = 0; id < COUNT; id++) {
                insert.setInt(1, id);
                insert.setLong(2, BALANCE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    static void drop(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("drop table dewpond_account");
        }
    }

    static long sum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("select sum(balance) from dewpond_account")) {
            sum.next();
            return sum.getLong(1);
        }
    }

    static long balance(Connection connection, int account) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select balance from dewpond_account where id = ?")) {
            query.setInt(1, account);
            try (ResultSet balance = query.executeQuery()) {
                balance.next();
                return balance.getLong(1);
            }
        }
    }

    /** Moves a little money between two accounts. */
    static void transfer(Connection connection) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int from = random.nextInt(COUNT);
        int to = (from + 1 + random.nextInt(COUNT - 1)) % COUNT;
        transfer(connection, from, to, random.nextLong(1, 100));
    }

    // snippet:transfer
    /** Moves money in one transaction; the connection must not commit by itself. */
    static void transfer(Connection connection, int from, int to, long amount) throws SQLException {
        try (PreparedStatement change =
                connection.prepareStatement("update dewpond_account set balance = balance + ? where id = ?")) {
            // The lower account first: two transfers never wait for each other in a circle.
            add(change, Math.min(from, to), from < to ? -amount : amount);
            add(change, Math.max(from, to), from < to ? amount : -amount);
            if (!Arrays.equals(change.executeBatch(), new int[] {1, 1})) {
                throw new SQLException("account " + from + " or " + to + " doesn't exist");
            }
        }
        connection.commit();
    }
    // end:transfer

    private static void add(PreparedStatement change, int account, long amount) throws SQLException {
        change.setLong(1, amount);
        change.setInt(2, account);
        change.addBatch();
    }
}
