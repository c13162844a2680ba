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
 * <p>What is open is listed with the connection and not here, to save each borrow a list. So a statement that another thread
 * makes while this one closes may come to stand in the next borrower's list. It is closed by its own thread ({@link
 * #track}), who adds first and looks whether the handle is open then.
 *
 * <p>Not taken: to keep one handle per connection and open it again. It saves an allocation, and gives each late call
 * through an old handle the next borrower's connection.
 */
final class ConnectionHandle extends RememberingConnection {
    private static final VarHandle PHYSICAL;

    static {
        try {
            PHYSICAL =
                    MethodHandles.lookup().findVarHandle(ConnectionHandle.class, "physical", PhysicalConnection.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Lease<PhysicalConnection> lease;

    /** Null once closed. Read as a volatile, for any thread may close. */
    private volatile @Nullable PhysicalConnection physical;

    /** The first failure that ends the connection; written by any user of this handle, read by who closes it. */
    private volatile @Nullable Throwable fatal;

    ConnectionHandle(Lease<PhysicalConnection> lease) {
        this.lease = lease;
        physical = lease.get();
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
        PhysicalConnection physical = this.physical;
        if (physical != null) {
            physical.open().add(handle);
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
        PhysicalConnection physical = this.physical;
        if (physical != null) {
            physical.open().closed(handle);
        }
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
        if (isClosed()) {
            return;
        }
        PHYSICAL.setRelease(this, null);
        Throwable failure = fatal;
        if (failure == null) {
            lease.close();
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
        try {
            lease.invalidate(reason);
        } catch (IllegalStateException alreadyEnded) {
            return false; // by another thread; or the pool shut down, and took the connection from under us
        }
        return true;
    }

    @Override
    public String toString() {
        PhysicalConnection physical = this.physical;
        return "ConnectionHandle@" + Integer.toHexString(System.identityHashCode(this)) + "["
                + (physical == null ? "closed" : physical) + "]";
    }
}
