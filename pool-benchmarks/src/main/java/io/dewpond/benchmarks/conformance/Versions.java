package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which version of a pool was judged: what the name of its jar says. */
final class Versions {
    private Versions() {}

    /** Dewpond has no jar here, but the folder of its classes. */
    static String of(Peer peer) {
        Pattern jar = Pattern.compile(Pattern.quote(peer.artifact()) + "-(\\d.*)\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> jar.matcher(new File(path).getName()))
                .filter(Matcher::matches)
                .map(match -> match.group(1))
                .findFirst()
                .orElse(System.getProperty("conformance.version", "this"));
    }
}
