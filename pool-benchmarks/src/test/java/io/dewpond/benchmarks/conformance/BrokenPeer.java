package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Feature;
import io.dewpond.benchmarks.conformance.peer.OpenPool;
import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Terms;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** A pool that does something wrong, on purpose. */
record BrokenPeer(String name, Set<Feature> lacks, Opening opening, Map<String, String> remarks) implements Peer {
    /** Makes the data source; closing it does nothing. */
    @FunctionalInterface
    interface Opening {
        DataSource open(Terms terms) throws Exception;
    }

    static BrokenPeer of(String name, Opening opening) {
        return new BrokenPeer(name, Set.of(), opening, Map.of());
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public String artifact() {
        return name;
    }

    @Override
    public String configuration() {
        return "broken";
    }

    @Override
    public OpenPool open(Terms terms) throws Exception {
        return new OpenPool(opening.open(terms), () -> {});
    }
}
