package io.dewpond.examples;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.tools.Server;

/**
 * Where the bank keeps its accounts.
 *
 * @param what the database, in words
 * @param url where to connect
 * @param user as whom; empty leaves it to the URL
 * @param password the user's
 * @param stop stops what was started for the bank
 */
record BankDatabase(String what, String url, String user, String password, Stop stop) implements AutoCloseable {
    /** Stops a server. */
    interface Stop {
        void stop() throws IOException;
    }

    /** Opens the database that is asked for: {@code h2}, {@code postgres} or a JDBC URL. */
    static BankDatabase open(String choice, String user, String password) throws IOException, SQLException {
        if (choice.startsWith("jdbc:")) {
            return new BankDatabase("the database you named", choice, user, password, () -> {});
        }
        return switch (choice.toLowerCase(Locale.ROOT)) {
            case "h2" -> h2();
            case "postgres" -> postgres();
            default ->
                throw new IllegalArgumentException(
                        "bank.db is '" + choice + "', but must be h2, postgres or a URL that begins with jdbc:");
        };
    }

    /**
     * H2 in memory, in this process, but reached over a socket: a connection is then what it is with a database server,
     * a handshake, a login and a session, if a cheap one.
     */
    private static BankDatabase h2() throws SQLException {
        Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        String url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:bank;DB_CLOSE_DELAY=-1";
        return new BankDatabase("H2, in memory, in this process, behind its TCP server", url, "sa", "", server::stop);
    }

    /** A server of its own, whose commits are on the disk when they return; to log in costs no password. */
    private static BankDatabase postgres() throws IOException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start();
        String url = server.getJdbcUrl("postgres", "postgres");
        return new BankDatabase("PostgreSQL, on this machine, commits on disk", url, "", "", server::close);
    }

    /** Opens a connection as one does without a pool. */
    Connection connect() throws SQLException {
        return user.isEmpty() ? DriverManager.getConnection(url) : DriverManager.getConnection(url, user, password);
    }

    @Override
    public void close() throws IOException {
        stop.stop();
    }
}
