package io.dewpond.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one PostgreSQL of this JVM: started by the first who asks, stopped when the JVM ends. */
final class Postgres {
    private static final EmbeddedPostgres SERVER = start();

    private Postgres() {}

    /** Returns the URL of the database, with the user who owns it. */
    static String url() {
        return SERVER.getJdbcUrl("postgres", "postgres");
    }

    /** Returns the port it listens to, on the loopback address. */
    static int port() {
        return SERVER.getPort();
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target", "postgres"))
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "50")
                    .setServerConfig("max_prepared_transactions", "10")
                    // An aborted client is noticed while its query runs, so that no test meets another's session.
                    .setServerConfig("client_connection_check_interval", "50ms")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
