package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there can be no MariaDB, whoever is skipped is told why. */
class MariaDbServerTest {
    @Test
    void machineWithoutAProgramIsNamed() {
        assertNull(MariaDb.platform("Linux", "amd64"));
        assertNull(MariaDb.platform("Linux", "x86_64"));
        assertEquals(
                "MariaDB for the tests is for Linux on x86-64, not for Linux on aarch64",
                MariaDb.platform("Linux", "aarch64"));
        assertEquals(
                "MariaDB for the tests is for Linux on x86-64, not for Mac OS X on x86_64",
                MariaDb.platform("Mac OS X", "x86_64"));
    }

    @Test
    void missingLibraryIsNamed(@TempDir Path dir) throws Exception {
        MariaDb.require();
        // A program that can't run here, made from one that can: another name in the place of the C library's.
        byte[] program = Files.readAllBytes(Path.of("/bin/true").toRealPath());
        String text = new String(program, StandardCharsets.ISO_8859_1);
        String maimed = text.replace("libc.so.6", "libZ.so.6");
        Path copy = Files.write(dir.resolve("program"), maimed.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(copy.toFile().setExecutable(true));
        assertEquals("MariaDB for the tests misses libraries: libZ.so.6 => not found", MariaDb.libraries(copy));
        assertNull(MariaDb.libraries(Path.of("/bin/true")));
    }
}
