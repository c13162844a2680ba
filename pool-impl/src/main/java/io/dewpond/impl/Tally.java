package io.dewpond.impl;

/** What has happened so far; guarded by the lock of the {@link Exchange}. */
final class Tally {
    long timedOut;
    long rejected;
    long created;
    long creationFailures;
    long destroyed;
    long detached;
    long lost;
}
