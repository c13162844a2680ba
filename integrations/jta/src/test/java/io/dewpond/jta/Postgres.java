package io.dewpond.jta;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.postgresql.xa.PGXADataSource;

/** The one PostgreSQL of this JVM, which can prepare transactions: started by the first who asks, stopped with the JVM. */
final class Postgres {
    private Postgres() {}

    static String url(String database) {
        return Started.SERVER.getJdbcUrl("postgres", database);
    }

    static PGXADataSource source(String url) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(url);
        return source;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target", "postgres"))
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "50")
                    .setServerConfig("max_prepared_transactions", "20")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A process that is told the URL starts none. */
    private static final class Started {
        static final EmbeddedPostgres SERVER = start();
    }
}
