package io.dewpond.impl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Pool;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** A JVM that nobody records, or where nobody can, pays nothing for the flight recorder. Each test runs one. */
@Tag("G80")
class FlightlessTest {
    /** The classes of the recorder that may be loaded: the one that is asked whether it runs. */
    private static final String ASKED = "jdk.jfr.FlightRecorder";

    @Test
    void noEventIsLoadedWithoutARecording() throws Exception {
        List<String> loaded = lifeWith("-Xlog:class+load").stream()
                .filter(line -> line.contains("[class,load]"))
                .map(line -> line.replaceAll(".*\\[class,load\\] (\\S+) .*", "$1"))
                .toList();
        assertTrue(loaded.contains("io.dewpond.impl.Flight"), "the log names no class: " + loaded.size());
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(name -> name.startsWith("jdk.jfr.") || name.matches("io\\.dewpond\\.impl\\..*Event"))
                        .filter(name -> !name.equals(ASKED))
                        .toList());
    }

    @Test
    void poolWorksWhereThereIsNoFlightRecorder() throws Exception {
        assertEquals(
                List.of(),
                lifeWith("--limit-modules", "java.base", "-Xlog:class+load").stream()
                        .filter(line -> line.contains("jdk.jfr."))
                        .toList());
    }

    /** What a JVM with these options writes in the course of a {@link QuietLife}, which must end well. */
    private static List<String> lifeWith(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(String.join(
                File.pathSeparator,
                Stream.of(
                                Path.of("target", "classes"),
                                Path.of("target", "test-classes"),
                                home(Pool.class),
                                home(Logger.class))
                        .map(Path::toString)
                        .toList()));
        command.add(QuietLife.class.getName());
        Process life = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = life.inputReader().lines().toList();
        assertEquals(0, life.waitFor(), lines::toString);
        assertTrue(lines.contains("over"), lines::toString);
        return lines;
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
