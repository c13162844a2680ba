package io.dewpond.benchmarks.conformance.peer;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pool that is judged. */
public interface Peer {
    /** For the command line and the raw file. */
    String name();

    /** For the head of a column. */
    String title();

    /** The jar that has it, without its version. */
    String artifact();

    /** What it is told for safety, besides its defaults and what a case asks for. */
    String configuration();

    /** What it doesn't offer. */
    Set<Feature> lacks();

    /** What a reader should know beside a row: by the id of a case. */
    default Map<String, String> remarks() {
        return Map.of();
    }

    /** JVM options that its safest configuration needs. */
    default List<String> jvmOptions() {
        return List.of();
    }

    /** Opens one. */
    OpenPool open(Terms terms) throws Exception;
}
