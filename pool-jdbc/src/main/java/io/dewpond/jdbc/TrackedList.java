package io.dewpond.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What the borrower of a connection has opened and not closed yet, newest first.
 *
 * <p>A list linked through its members, so that opening and closing cost the same however many are open, and what is
 * closed leaves no trace. The monitor guards the links only; the driver is never called under it.
 */
final class TrackedList {
    private @Nullable Tracked<?> newest;

    synchronized void add(Tracked<?> member) {
        member.older = newest;
        if (newest != null) {
            newest.newer = member;
        }
        newest = member;
    }

    /** Removes a member; does nothing if it was removed before. */
    synchronized void remove(Tracked<?> member) {
        Tracked<?> newer = member.newer;
        Tracked<?> older = member.older;
        if (newer != null) {
            newer.older = older;
        } else if (newest == member) {
            newest = older;
        }
        if (older != null) {
            older.newer = newer;
        }
        member.newer = null;
        member.older = null;
    }

    /** The newest member. Looked at past the monitor: who adds one in this moment sees to it that it is closed. */
    @Nullable
    Tracked<?> newest() {
        return newest;
    }

    /**
     * Closes all members, the newest first. One that fails doesn't save the others.
     *
     * @return the first failure that ends the connection, or null
     */
    @Nullable
    Throwable closeAll() {
        Throwable fatal = null;
        while (newest() != null) {
            Tracked<?> next = takeNewest();
            Throwable failure = next == null ? null : next.closeForOwner();
            if (fatal == null && failure != null && ErrorClassifier.endsConnection(failure)) {
                fatal = failure;
            }
        }
        return fatal;
    }

    private synchronized @Nullable Tracked<?> takeNewest() {
        Tracked<?> taken = newest;
        if (taken != null) {
            remove(taken);
        }
        return taken;
    }
}
