package io.dewpond.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What a handle gave out and nobody closed yet, newest first.
 *
 * <p>A list linked through its members, so that opening and closing cost the same however many are open, and what is
 * closed leaves no trace. The monitor guards the links only; the driver is never called under it.
 */
final class TrackedList {
    private @Nullable Tracked<?> newest;
    private boolean ended;

    /** Adds a member, unless the owner is closed. */
    synchronized boolean add(Tracked<?> member) {
        if (ended) {
            return false;
        }
        member.older = newest;
        if (newest != null) {
            newest.newer = member;
        }
        newest = member;
        return true;
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

    synchronized @Nullable Tracked<?> newest() {
        return newest;
    }

    /** Closes all members, the newest first, and takes no more. One that fails doesn't save the others. */
    void close() {
        end();
        for (Tracked<?> next = takeNewest(); next != null; next = takeNewest()) {
            next.closeForOwner();
        }
    }

    /** Takes no more members and forgets those it has, for their connection is lost and they with it. */
    synchronized void abandon() {
        ended = true;
        newest = null;
    }

    private synchronized void end() {
        ended = true;
    }

    private synchronized @Nullable Tracked<?> takeNewest() {
        Tracked<?> taken = newest;
        if (taken != null) {
            remove(taken);
        }
        return taken;
    }
}
