package io.dewpond.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How large the jars on the class path are; a folder of classes counts as the jar it will be. */
final class Jars {
    private Jars() {}

    /**
     * Adds up some artifacts.
     *
     * @param artifacts each the name of a jar without its version, or of a module of this build
     */
    static long bytes(List<String> artifacts) throws IOException {
        long bytes = 0;
        for (String artifact : artifacts) {
            Path path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .filter(candidate -> isOf(artifact, candidate))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(artifact + " is not on the class path"));
            bytes += Files.isDirectory(path) ? packed(path) : Files.size(path);
        }
        return bytes;
    }

    private static boolean isOf(String artifact, Path path) {
        String file = path.getFileName().toString();
        return file.matches(Pattern.quote(artifact) + "-\\d.*\\.jar")
                || path.endsWith(Path.of(artifact, "target", "classes"));
    }

    private static long packed(Path folder) throws IOException {
        Counter counter = new Counter();
        try (JarOutputStream jar = new JarOutputStream(counter);
                Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                    Files.copy(file, jar);
                    jar.closeEntry();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return counter.bytes;
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
