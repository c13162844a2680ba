package io.dewpond.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the borrower of a connection has opened and not closed yet, newest first; and some of what he has closed.
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
 */
final class TrackedList {
    /** Closed members that are not worth a look. */
    private static final int FEW = 16;

    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TrackedList.class, "newest", Tracked.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Tracked<?> newest;

    // Plain, and wrong if several threads count at once: a sweep comes a little early or late.
    private int buried;
    private int bearable = FEW;

    /** Adds a member, which is in no list yet; whoever looks for what is open from now on finds it. */
    void add(Tracked<?> member) {
        Tracked<?> seen;
        do {
            seen = newest;
            member.setOlder(firstOpen(seen));
        } while (!NEWEST.compareAndSet(this, seen, member));
    }

    /** A member was closed by its borrower. */
    void closed(Tracked<?> member) {
        if (newest != member && ++buried > bearable) {
            sweep();
        }
    }

    private void sweep() {
        int open = 0;
        for (Tracked<?> next = newest; next != null; next = next.older()) {
            next.setOlder(firstOpen(next.older()));
            open++;
        }
        buried = 0;
        bearable = FEW + 2 * open;
    }

    /**
     * Closes all members, the newest first. One that fails doesn't save the others. Called when nobody can add any more
     * who doesn't look afterwards whether he came too late, and closes what he added: so the list may be emptied by a
     * plain write, that is published by whatever lends the connection again.
     *
     * @return the first failure that ends the connection, or null
     */
    @Nullable
    Throwable closeAll() {
        Tracked<?> first = newest;
        if (first == null) {
            return null;
        }
        Throwable fatal = null;
        for (Tracked<?> next = firstOpen(first); next != null; next = firstOpen(next.older())) {
            Throwable failure = next.closeForOwner();
            if (fatal == null && failure != null && ErrorClassifier.endsConnection(failure)) {
                fatal = failure;
            }
        }
        NEWEST.setRelease(this, null);
        buried = 0;
        bearable = FEW;
        return fatal;
    }

    /** How many are in the list, open or not. */
    int length() {
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
