package io.dewpond.jdbc;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dewpond.Pool;
import io.dewpond.impl.Pools;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** A user's module, compiled against what a user's build puts on its module path: the pools and slf4j-api. */
class UserModuleTest {
    @Test
    void userModuleNeedsNothingButThePoolsAndSlf4j(@TempDir Path dir) throws Exception {
        String modulePath = Stream.of(Pool.class, Pools.class, PhysicalConnection.class, Logger.class)
                .map(UserModuleTest::origin)
                .collect(joining(File.pathSeparator));
        String descriptor =
                source(dir, "module-info.java", "module user { requires io.dewpond.jdbc; requires io.dewpond.impl; }");
        String program = source(dir, "Program.java", """
                package user;

                final class Program {
                    static int borrow(io.dewpond.Pool<StringBuilder> pool) throws InterruptedException {
                        try (io.dewpond.Lease<StringBuilder> lease = pool.acquire()) {
                            return lease.get().length() + pool.stats().idle();
                        }
                    }
                }
                """);
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int exitCode = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(out, out, "-Xlint:all", "-Werror", "-d", dir.toString(), "-p", modulePath, descriptor, program);
        assertEquals(0, exitCode, said::toString);
    }

    private static String source(Path dir, String name, String text) throws Exception {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    private static String origin(Class<?> type) {
        URI location = URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString());
        return Path.of(location).toString();
    }
}
