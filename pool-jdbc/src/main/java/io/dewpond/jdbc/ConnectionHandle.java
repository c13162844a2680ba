package io.dewpond.jdbc;

import io.dewpond.Lease;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its borrower sees it: fresh for each borrow, and worth nothing once closed.
 *
 * <h2>Design note: how a borrow ends</h2>
 *
 * The field {@link #physical} is the connection while the handle is open, and null ever after. Each forwarded call of this
 * handle, its statements, result sets and metadata looks there first ({@link #use()}), so whoever closes or aborts writes
 * null before anything else. Of several threads that do, the lease has one win: its end is a compare-and-set, and what
 * follows is done by the winner while nobody else has the connection. Its volatile write comes after that of the null, so
 * whoever borrows the connection next borrows it after this handle has ceased to work. What can't be helped: a call of
 * another thread that is inside the driver already. It is that thread's borrow still when the rollback comes, and drivers
 * take one call at a time.
 *
 * <p>The clean-up is the pool's resetter: it closes what is still open and restores the session. A borrower who has called
 * nothing has left neither: the {@link Session} knows, and the release is that of an object without a resetter. After a
 * failure that {@linkplain ErrorClassifier ends the connection} the lease is invalidated instead, and the pool closes the
 * connection in a thread of its own, so that a dead socket doesn't hold up the borrower.
 *
 * <p>What is open is in a list that belongs to the connection, to save each borrow one. So a statement that another thread
 * makes while this one closes may come to stand in the next borrower's list. It is closed by its own thread ({@link
 * #track}), who adds first and looks whether the handle is open then.
 *
 * <p>But while it is lent, only the handle has that list. Statements lead to their handle and that to its lease, so if the
 * connection led to the list, the pool would keep a forgotten lease alive, and never find it lost. The connection gets the
 * list back right before the lease ends, for the resetter; the handle lets go of it right after, or one that is kept would
 * keep the lease of the next. Several who close at once do no harm:
 *
 * <ul>
 *   <li>They all write the same list to the connection, for it never has another. One who comes so late that the next handle
 *       has taken it writes it there once more: the next reads it from its own field, and at worst isn't found lost.
 *   <li>One who finds that another has let go of the list, finds the lease ended too, for the field is written with release
 *       and read with acquire.
 * </ul>
 *
 * <p>Not taken: to keep one handle per connection and open it again. It saves an allocation, and gives each late call
 * through an old handle the next borrower's connection.
 */
final class ConnectionHandle extends RememberingConnection {
    private static final VarHandle PHYSICAL;
    private static final VarHandle OPEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PHYSICAL = lookup.findVarHandle(ConnectionHandle.class, "physical", PhysicalConnection.class);
            OPEN = lookup.findVarHandle(ConnectionHandle.class, "open", TrackedList.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Null once ended, or a handle that is kept would hide that the next lease of the connection is lost. Plain: who reads
     * either at any time does the same, for to end a lease again changes nothing.
     */
    private @Nullable Lease<PhysicalConnection> lease;

    /** Null once closed. Read as a volatile, for any thread may close. */
    private volatile @Nullable PhysicalConnection physical;

    /** What the borrower has opened and not closed yet; null once the lease has ended. */
    @SuppressWarnings("UnusedVariable") // read and written through its handle
    private @Nullable TrackedList open;

    /** The first failure that ends the connection; written by any user of this handle, read by who closes it. */
    private volatile @Nullable Throwable fatal;

    ConnectionHandle(Lease<PhysicalConnection> lease) {
        this.lease = lease;
        PhysicalConnection lent = lease.get();
        open = lent.handOutOpen();
        // Release, and not a volatile's fence: nobody else has the handle yet, and whoever gets it gets it safely.
        PHYSICAL.setRelease(this, lent);
    }

    // ---- while it is open

    @Override
    PhysicalConnection physical() throws SQLException {
        PhysicalConnection physical = this.physical;
        if (physical == null) {
            throw new SQLNonTransientConnectionException("This connection is closed", "08003");
        }
        return physical;
    }

    @Override
    ConnectionHandle connection() {
        return this;
    }

    /** Lets a dependent reach the driver, and takes note of it. */
    void use() throws SQLException {
        physical().session().useAgain();
    }

    /** Takes note that the driver's own connection, or a way to it, is in the borrower's hands. */
    void escaped() throws SQLException {
        physical().session().escape();
    }

    /** Sees to it that a new statement or result set is closed with this handle at the latest. */
    <H extends Tracked<?>> H track(H handle) throws SQLException {
        TrackedList open = open();
        if (open != null) {
            open.add(handle);
            if (!isClosed()) {
                return handle;
            }
        }
        // Closed by another thread while the driver worked: perhaps nobody else knows of the driver's object.
        handle.closeForOwner();
        throw handle.ended();
    }

    /** Takes note of what its borrower has closed. */
    void closed(Tracked<?> handle) {
        TrackedList open = open();
        if (open != null) {
            open.closed(handle);
        }
    }

    /** The list of what is open, or null if the lease has ended. */
    @Nullable
    TrackedList open() {
        return (TrackedList) OPEN.getAcquire(this);
    }

    @Override
    void failed(Throwable failure) {
        if (fatal == null && ErrorClassifier.endsConnection(failure)) {
            fatal = failure;
        }
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (timeout < 0) {
            throw new SQLException("The timeout is " + timeout + " s, but must not be negative", "22023");
        }
        if (isClosed()) {
            return false;
        }
        boolean valid = super.isValid(timeout);
        if (!valid) {
            failed(new SQLNonTransientConnectionException("The driver says that the connection isn't valid", "08006"));
        }
        return valid;
    }

    // ---- how it ends

    @Override
    public boolean isClosed() {
        return physical == null;
    }

    /** Returns the connection to the pool, clean or not at all; does nothing if it was returned before. */
    @Override
    public void close() {
        PhysicalConnection ended = physical;
        TrackedList open = open();
        Lease<PhysicalConnection> held = lease;
        if (ended == null || open == null || held == null) {
            return;
        }
        PHYSICAL.setRelease(this, null);
        Throwable failure = fatal;
        if (failure == null) {
            ended.takeBackOpen(open);
            held.close();
            letGo();
        } else {
            discard(failure);
        }
    }

    /** Ends the borrow and the connection, though other threads may be using it; does nothing on a closed handle. */
    @Override
    public void abort(Executor executor) throws SQLException {
        PhysicalConnection ended = physical;
        if (ended == null) {
            return;
        }
        if (executor == null) {
            throw new SQLException("The executor must not be null", "22023");
        }
        PHYSICAL.setRelease(this, null);
        // The lease first: whoever doesn't end it may be looking at the next borrower's connection.
        if (discard(new SQLException("The borrower aborted the connection"))) {
            ended.driver().abort(executor);
        }
    }

    private boolean discard(Throwable reason) {
        Lease<PhysicalConnection> held = lease;
        if (held == null) {
            return false; // by another thread
        }
        try {
            held.invalidate(reason);
        } catch (IllegalStateException alreadyEnded) {
            return false; // by another thread; or the pool shut down, and took the connection from under us
        } finally {
            letGo();
        }
        return true;
    }

    private void letGo() {
        OPEN.setRelease(this, null);
        lease = null;
    }

    @Override
    public String toString() {
        PhysicalConnection physical = this.physical;
        return "ConnectionHandle@" + Integer.toHexString(System.identityHashCode(this)) + "["
                + (physical == null ? "closed" : physical) + "]";
    }
}
