package io.dewpond.benchmarks.conformance.script;

/** What every object of this driver is besides: the type that a borrower may {@code unwrap}. */
public interface Vendor {
    /** The number of the session. */
    long sessionId();
}
