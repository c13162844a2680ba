package io.dewpond.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one PostgreSQL of this JVM: started by the first who asks, stopped when the JVM ends. */
final class Postgres {
    /** Whoever is a member of this role has to tell a password; all others are trusted. */
    static final String PEOPLE = "people";

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
            Path folder = Files.createDirectories(Path.of("target", "postgres"));
            Path access = Files.write(
                    folder.resolve("access.conf"),
                    List.of(
                            "local all all trust",
                            "host all +" + PEOPLE + " all scram-sha-256",
                            "host all all all trust"));
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target", "postgres"))
                    .setServerConfig("hba_file", access.toAbsolutePath().toString())
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
