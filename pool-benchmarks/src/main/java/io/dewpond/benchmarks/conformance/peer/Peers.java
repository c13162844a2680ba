package io.dewpond.benchmarks.conformance.peer;

import io.dewpond.benchmarks.conformance.script.ScriptedDriver;
import java.util.List;

/** All pools that are judged, in the order of the columns. */
public final class Peers {
    static final String DRIVER = ScriptedDriver.class.getName();

    /** What the scripted database says at connect, for those who must be told what to restore. */
    static final String CATALOG = "catalog at connect";

    static final String SCHEMA = "schema at connect";

    private static final List<Peer> ALL = List.of(
            new DewpondPeer(),
            new HikariPeer(),
            new AgroalPeer(),
            new DbcpPeer(),
            new TomcatPeer(),
            new ViburPeer(),
            new C3p0Peer(),
            new DruidPeer(),
            new BeePeer());

    private Peers() {}

    public static List<Peer> all() {
        return ALL;
    }

    public static Peer named(String name) {
        return ALL.stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no pool is called " + name));
    }
}
