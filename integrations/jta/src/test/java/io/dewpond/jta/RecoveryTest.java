package io.dewpond.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies between prepare and commit, and the next, which recovers what it has left. */
@Tag("J50")
class RecoveryTest {
    private static final String PREPARED = "select count(*) from pg_prepared_xacts where database = current_database()";

    @TempDir
    private Path folder;

    @Test
    void branchesLeftPreparedByACrashAreCommitted() throws Exception {
        execute("postgres", "create database stock");
        execute("postgres", "create table item (id int)");
        execute("postgres", "insert into item values (1)");
        execute("stock", "create table item (id int)");

        assertEquals(9, run("crash"), this::said);
        assertEquals(List.of(1, 1), List.of(number("postgres", PREPARED), number("stock", PREPARED)), this::said);
        assertEquals(List.of(1, 0), items());

        assertEquals(0, run("recover"), this::said);
        assertEquals(List.of(0, 0), List.of(number("postgres", PREPARED), number("stock", PREPARED)), this::said);
        assertEquals(List.of(0, 1), items(), this::said);
        assertEquals(List.of(), logOfTransactions());
    }

    private static List<Integer> items() throws SQLException {
        return List.of(number("postgres", "select count(*) from item"), number("stock", "select count(*) from item"));
    }

    private int run(String what) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String store : List.of("", "stateStore.", "communicationStore.")) {
            command.add("-DObjectStoreEnvironmentBean." + store + "objectStoreDir=" + folder.resolve("log"));
        }
        command.addAll(List.of("-cp", classPath(), TwoDatabases.class.getName(), what));
        command.addAll(List.of(Postgres.url("postgres"), Postgres.url("stock")));
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        try {
            assertTrue(program.waitFor(90, TimeUnit.SECONDS), this::said);
            return program.exitValue();
        } finally {
            program.destroyForcibly();
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException unread) {
            return unread.toString();
        }
    }

    /** What this JVM has, on its module path too. */
    private static String classPath() {
        Path target = Path.of("target").toAbsolutePath();
        return Stream.of(
                        target.resolve("test-classes").toString(),
                        target.resolve("classes").toString(),
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path"))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The records of transactions that are not done with. */
    private List<Path> logOfTransactions() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("log"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("AtomicAction"))
                    .toList();
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(String database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url(database));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertTrue(result.next());
            return result.getInt(1);
        }
    }
}
