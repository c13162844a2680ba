package io.dewpond.benchmarks.conformance.peer;

/** What a pool may offer or not. Who doesn't is not judged by the cases that need it. */
public enum Feature {
    /** Lends connections with auto-commit off. */
    AUTO_COMMIT_OFF,
    /** Executes SQL on each new connection. */
    INIT_SQL,
    /** Executes SQL on each return. */
    RESET_SQL,
    /** Takes the user's word for it that an error ends a connection. */
    FATAL_STATE,
    /** Takes a connection back from whoever has had it for too long. */
    RECLAIM,
    /** Keeps prepared statements with their connection. */
    STATEMENT_CACHE,
    /** Tells the driver where a borrow begins and ends. */
    REQUEST_BOUNDARIES,
    /** Shows itself to JMX. */
    JMX
}
