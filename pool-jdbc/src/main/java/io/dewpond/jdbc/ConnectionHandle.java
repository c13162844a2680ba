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
 * <p>The session is restored by the pool's resetter. A borrower who has called nothing has changed nothing: the {@link
 * Session} knows, and the release is that of an object without a resetter. After a failure that {@linkplain Judge ends the
 * connection} the lease is invalidated instead, and the pool closes the connection in a thread of its own, so that a
 * dead socket doesn't hold up the borrower. Such a failure is a fact about the connection, and noted there: {@link
 * PhysicalConnection#failed}.
 *
 * <p>What is open is closed before the lease ends, by one thread: whoever finds something open has to win the handle by a
 * compare-and-set. Who finds nothing open may be mistaken, for another thread may be opening a statement at this moment. That
 * one adds first and looks whether the handle is open then ({@link #track}); the one who closes writes first that it isn't,
 * ends the lease by a compare-and-set, and looks once more then. One of the two sees the other, and closes what came late. It
 * does so on a connection that may have been lent again, as it would whenever a driver's call outlasts the borrow.
 *
 * <p>Nothing that stays with the connection leads to a handle, for a handle leads to its lease: the pool itself would keep a
 * forgotten lease alive, and never find it lost. A handle that is closed has no lease any more, for it may be kept, and the
 * end of an object's last lease is found out by what its leases have in common.
 *
 * <p>Not taken: to keep one handle per connection and open it again. It saves an allocation, and gives each late call
 * through an old handle the next borrower's connection.
 */
class ConnectionHandle extends TrackingConnection {
    private static final VarHandle PHYSICAL;

    static {
        try {
            PHYSICAL =
                    MethodHandles.lookup().findVarHandle(ConnectionHandle.class, "physical", PhysicalConnection.class);
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

    ConnectionHandle(Lease<PhysicalConnection> lease) {
        this.lease = lease;
        // Release, and not a volatile's fence: nobody else has the handle yet, and whoever gets it gets it safely.
        PHYSICAL.setRelease(this, lease.get());
    }

    // ---- while it is open

    @Override
    final PhysicalConnection physical() throws SQLException {
        PhysicalConnection physical = this.physical;
        if (physical == null) {
            throw new SQLNonTransientConnectionException("This connection is closed", "08003");
        }
        return physical;
    }

    @Override
    final ConnectionHandle connection() {
        return this;
    }

    /** Lets a dependent reach the driver, and takes note of it. */
    final void use() throws SQLException {
        physical().session().useAgain();
    }

    /** Takes note that the driver's own connection, or a way to it, is in the borrower's hands. */
    final void escaped() throws SQLException {
        physical().session().escape();
    }

    /** Sees to it that a new statement or result set is closed with this handle at the latest. */
    final <H extends Tracked<?>> H track(H handle) throws SQLException {
        add(handle);
        if (!isClosed()) {
            return handle;
        }
        // Closed by another thread while the driver worked: perhaps nobody else knows of the driver's object.
        handle.closeForOwner();
        throw handle.ended();
    }

    /** Takes note of what its borrower has closed. */
    final void closed(Tracked<?> handle) {
        PhysicalConnection physical = this.physical;
        if (physical != null) {
            closed(handle, physical.buried());
        }
    }

    @Override
    final void failed(Throwable failure) {
        PhysicalConnection physical = this.physical;
        if (physical != null) {
            physical.failed(failure);
        }
    }

    @Override
    public final boolean isValid(int timeout) throws SQLException {
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
    public final boolean isClosed() {
        return physical == null;
    }

    /** Returns the connection to the pool, clean or not at all; does nothing if it was returned before. */
    @Override
    public void close() {
        PhysicalConnection ended = physical;
        Lease<PhysicalConnection> held = lease;
        if (ended == null || held == null) {
            return;
        }
        Throwable failure = ended.failure();
        if (failure == null && hasOpen()) {
            if (!PHYSICAL.compareAndSet(this, ended, null)) {
                return; // another thread closes what is open, and then the rest
            }
            failure = closeAll(ended.judge());
        } else {
            PHYSICAL.setRelease(this, null);
        }
        if (failure != null) {
            discard(failure);
            return;
        }
        held.close();
        lease = null;
        if (hasOpen()) {
            closeAll(ended.judge()); // what came late
        }
    }

    /** Ends the borrow and the connection, though other threads may be using it; does nothing on a closed handle. */
    @Override
    public final void abort(Executor executor) throws SQLException {
        PhysicalConnection ended = physical;
        if (ended == null) {
            return;
        }
        if (executor == null) {
            throw new SQLException("The executor must not be null", "22023");
        }
        PHYSICAL.setRelease(this, null);
        // The lease first: whoever doesn't end it may be looking at the next borrower's connection.
        ended.abort(executor, () -> discard(new SQLException("The borrower aborted the connection")));
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
            lease = null;
        }
        return true;
    }

    @Override
    public final String toString() {
        PhysicalConnection physical = this.physical;
        return "ConnectionHandle@" + Integer.toHexString(System.identityHashCode(this)) + "["
                + (physical == null ? "closed" : physical) + "]";
    }
}
