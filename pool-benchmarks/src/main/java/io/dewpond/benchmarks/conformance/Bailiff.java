package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.peer.Peer;
import io.dewpond.benchmarks.conformance.peer.Peers;
import java.io.PrintStream;

/**
 * The program in a JVM of one pool: runs the cases that it is told to, and prints what {@link Court} reads. After a
 * hang it ends, for the pool's threads may be anywhere.
 */
final class Bailiff {
    static final String OUTCOME = "OUTCOME\t";

    private Bailiff() {}

    @SuppressWarnings("SystemOut") // the way back to the JVM that asked
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        // Pools like to talk.
        System.setOut(System.err);
        Peer peer = Peers.named(args[0]);
        for (int i = 1; i < args.length; i++) {
            Outcome outcome = Judgement.of(Cases.named(args[i]), peer);
            out.println(OUTCOME + args[i] + "\t" + outcome.verdict() + "\t" + outcome.cause());
            out.flush();
            if (outcome.verdict() == Verdict.HANG) {
                break;
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
