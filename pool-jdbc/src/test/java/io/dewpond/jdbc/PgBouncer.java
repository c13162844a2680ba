package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real PgBouncer in transaction mode before {@link Postgres}, with one session of the server for all. */
final class PgBouncer implements AutoCloseable {
    /** Unlike the sessions of other tests on the same server. */
    private static final String DATABASE = "behind_the_bouncer";

    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one, if it is installed; otherwise the test is skipped and says so. */
    static PgBouncer startOrSkip() throws IOException {
        Path program = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "no pgbouncer is installed: apt-get install pgbouncer, and this runs too");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI server = URI.create(Postgres.url().substring("jdbc:".length()));
        Path folder = Files.createDirectories(Path.of("target", "pgbouncer"));
        Path settings = Files.writeString(
                folder.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        List.of(
                                "[databases]",
                                DATABASE + " = host=127.0.0.1 port=" + server.getPort()
                                        + " user=postgres dbname=postgres",
                                "[pgbouncer]",
                                "listen_addr = 127.0.0.1",
                                "listen_port = " + port,
                                "unix_socket_dir =",
                                "auth_type = any",
                                "pool_mode = transaction",
                                "default_pool_size = 1",
                                "ignore_startup_parameters = extra_float_digits",
                                "")));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody")); // it refuses to be root
        }
        command.add(settings.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port);
        try {
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                DriverManager.getConnection(bouncer.url() + "&prepareThreshold=0")
                        .close();
                return true;
            });
        } catch (RuntimeException failure) {
            bouncer.close();
            throw new IOException(Files.readString(folder.resolve("log")), failure);
        }
        return bouncer;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=postgres";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
