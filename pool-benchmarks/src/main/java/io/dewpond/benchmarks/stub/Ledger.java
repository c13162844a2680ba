package io.dewpond.benchmarks.stub;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the stubs of this JVM, objects and connections alike; written only where one is opened or closed. */
public final class Ledger {
    private static final AtomicLong OPENED = new AtomicLong();
    private static final AtomicLong CLOSED = new AtomicLong();

    private Ledger() {}

    /** Notes a new one and gives it its number. */
    static long opened() {
        return OPENED.incrementAndGet();
    }

    static void closed() {
        CLOSED.incrementAndGet();
    }

    public static long openedSoFar() {
        return OPENED.get();
    }

    public static long alive() {
        return OPENED.get() - CLOSED.get();
    }
}
