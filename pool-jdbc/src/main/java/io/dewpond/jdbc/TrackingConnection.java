package io.dewpond.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A connection that knows what its borrower has opened and not closed yet, newest first; and some of what he has closed.
 *
 * <h2>Design note</h2>
 *
 * A stack linked through its members. Who opens something pushes it with one compare-and-set; who closes something marks
 * it closed and leaves it where it is, for what is closed is passed over. So a statement costs one atomic step, where a
 * lock around a doubly linked list cost four.
 *
 * <p>Two things hold whatever threads do: <b>from {@link #newest} one reaches all that is open</b>, and from each member
 * all that is open and older. A push extends both. All else only bends a link past members that are closed, and what is
 * closed never opens again; so even a write that comes late, after others have bent the same link further, bends it past
 * closed members only. That is why a link needs no compare-and-set.
 *
 * <p>What is closed goes when the next is pushed, if nothing open is on top of it, as is usual. Others are counted, and
 * when there are more than twice as many as were open then, all links are bent: closing costs the same on average however
 * many are open, and the list is never much longer than what is open.
 *
 * <p>The handle of the borrow is itself the head of the list, by inheritance, to save each borrow an object. Not taken: a
 * list that belongs to the driver's connection and is lent with it. Its members lead to the handle and that to the lease, so
 * the pool would keep a forgotten lease alive; and to hand the list over and back cost every borrow, those too that open
 * nothing, a fifth of its speed.
 */
abstract class TrackingConnection extends RememberingConnection {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TrackingConnection.class, "newest", Tracked.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Tracked<?> newest;

    /** Adds a member, which is in no list yet; whoever looks for what is open from now on finds it. */
    final void add(Tracked<?> member) {
        Tracked<?> seen;
        do {
            seen = newest;
            member.setOlder(firstOpen(seen));
        } while (!NEWEST.compareAndSet(this, seen, member));
    }

    /** A member was closed by its borrower. */
    final void closed(Tracked<?> member, Buried buried) {
        if (newest != member && buried.oneMore()) {
            buried.restart(sweep());
        }
    }

    /** Bends all links; returns how many members are left. */
    private int sweep() {
        int open = 0;
        for (Tracked<?> next = newest; next != null; next = next.older()) {
            next.setOlder(firstOpen(next.older()));
            open++;
        }
        return open;
    }

    /** Whether the borrower has left anything open. */
    final boolean hasOpen() {
        return firstOpen(newest) != null;
    }

    /**
     * Closes all members, the newest first. One that fails doesn't save the others.
     *
     * @return the first failure that ends the connection, or null
     */
    final @Nullable Throwable closeAll(Judge judge) {
        Throwable fatal = null;
        for (Tracked<?> next = firstOpen(newest); next != null; next = firstOpen(next.older())) {
            Throwable failure = next.closeForOwner();
            if (fatal == null && failure != null && judge.ends(failure)) {
                fatal = failure;
            }
        }
        return fatal;
    }

    /** How many the borrower has left open. */
    final int open() {
        int open = 0;
        for (Tracked<?> next = firstOpen(newest); next != null; next = firstOpen(next.older())) {
            open++;
        }
        return open;
    }

    /** How many are in the list, open or not. */
    final int tracked() {
        int length = 0;
        for (Tracked<?> next = newest; next != null; next = next.older()) {
            length++;
        }
        return length;
    }

    private static @Nullable Tracked<?> firstOpen(@Nullable Tracked<?> from) {
        Tracked<?> next = from;
        while (next != null && next.isMarkedClosed()) {
            next = next.older();
        }
        return next;
    }
}
