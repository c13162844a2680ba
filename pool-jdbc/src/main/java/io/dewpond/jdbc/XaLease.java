package io.dewpond.jdbc;

import io.dewpond.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection that takes part in a transaction of a transaction manager: one connection, its {@link XAResource} to
 * enlist, and as many handles on it as the transaction asks for. What integrates a transaction manager needs this, {@code
 * dewpond-jta} among them; who only wants a connection calls {@link PooledDataSource#getConnection()}.
 *
 * <p>To close a handle closes the statements that were opened by it, and neither returns the connection nor ends the
 * transaction. All handles end when the branch does ({@link XAResource#end} other than to suspend it), for what is done
 * afterwards would be part of no transaction; and when this is closed. While a branch has begun and isn't finished, {@code
 * commit}, {@code rollback}, savepoints and {@code setAutoCommit(true)} are refused with SQLState 2D000, and {@code
 * getAutoCommit} tells false.
 *
 * <p>{@link #close()} returns the connection, in the same state as every borrower's. It is closed instead if the driver said
 * that it is broken, if its resource failed with an {@code XAER_} code, or if a branch that began on it hasn't finished.
 *
 * <p><b>Thread-safety:</b> all methods may be called from any thread; whoever rolls back a transaction that has timed out may
 * close this too, while its borrower works.
 */
public final class XaLease implements AutoCloseable {
    private final PhysicalConnection physical;
    private final XaBranch branch;
    private final @Nullable Watch watch;

    /**
     * Null once returned, or who keeps this would hide that a later lease of the connection is lost. Written by who brings
     * {@link #users} to zero.
     */
    private volatile @Nullable Lease<PhysicalConnection> lease;
    /**
     * How many calls of the resource are with the driver; and one more, until this is closed. Whoever brings it to zero returns
     * the connection: a transaction may be rolled back while another thread is about to begin its branch.
     */
    private final AtomicInteger users = new AtomicInteger(1);

    private final AtomicBoolean closed = new AtomicBoolean();
    /** The handles that are open, by the leases they believe to have. */
    private final Map<Share, ConnectionHandle> handles = new ConcurrentHashMap<>();
    /** Whether there are to be no more handles. Written before those that there are end. */
    private volatile boolean ended;
    /** Why a borrower wants the connection closed. */
    private volatile @Nullable Throwable discarded;

    XaLease(Lease<PhysicalConnection> lease, XaConnection connection, @Nullable Watch watch) {
        this.lease = lease;
        physical = lease.get();
        branch = new XaBranch(connection, physical, this);
        this.watch = watch;
        physical.session().escape(); // a driver may change the mode of auto-commit with a branch
    }

    /**
     * Returns what a transaction manager enlists; the same at each call. Doesn't block. Once this is closed, all its methods
     * fail with {@link javax.transaction.xa.XAException#XAER_RMFAIL}.
     *
     * @return the resource
     */
    public XAResource xaResource() {
        return branch;
    }

    /**
     * Returns another handle on the connection. Doesn't block.
     *
     * @return a handle, to be closed by who asked for it, or with the others
     * @throws SQLNonTransientConnectionException if the branch has ended, or this is closed
     */
    public Connection getConnection() throws SQLException {
        Share share = new Share();
        ConnectionHandle handle = watch == null ? new ConnectionHandle(share) : watch.lend(share);
        handles.put(share, handle);
        if (ended) { // who ended the others may have missed this one
            handle.close();
            throw new SQLNonTransientConnectionException(
                    "The transaction that this connection was enlisted in is over", "08003");
        }
        return handle;
    }

    /**
     * Returns what the driver's resource threw last, for who explains why there is no transaction: a transaction manager may
     * keep it to itself.
     *
     * @return the failure, mostly an {@link javax.transaction.xa.XAException}; null if there was none
     */
    public @Nullable Throwable failure() {
        return branch.lastFailure();
    }

    /** Ends all handles, and closes what was opened by them. */
    void endHandles() {
        ended = true;
        handles.values().forEach(ConnectionHandle::close);
    }

    /** A call of the resource is about to go to the driver; false if it mustn't any more. */
    boolean enter() {
        if (closed.get()) {
            return false;
        }
        // Never from zero: it has come there after a close, and the connection may be another's.
        return users.getAndUpdate(present -> present == 0 ? 0 : present + 1) > 0;
    }

    /** The call is back. */
    void leave() {
        if (users.decrementAndGet() == 0) {
            giveBack();
        }
    }

    /**
     * Ends all handles and returns the connection, clean or not at all; does nothing if it was closed before. If a call of the
     * resource is with the driver, in another thread, that thread returns it, when the call is back.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            endHandles();
            leave();
        }
    }

    private void giveBack() {
        Lease<PhysicalConnection> last = Objects.requireNonNull(lease, "bug: returned twice");
        lease = null;
        Throwable reason = reasonToDiscard();
        if (reason == null) {
            last.close();
            return;
        }
        try {
            last.invalidate(reason);
        } catch (IllegalStateException alreadyEnded) {
            Log.JDBC.debug("The pool had taken the connection of a transaction back", alreadyEnded);
        }
    }

    private @Nullable Throwable reasonToDiscard() {
        if (physical.failure() != null) {
            return physical.failure();
        }
        if (discarded == null && branch.isUnfinished()) {
            return new SQLException("A transaction left its branch on the connection unfinished", "2D000");
        }
        return discarded;
    }

    /** Names the connection. */
    @Override
    public String toString() {
        return "XaLease[" + (closed.get() ? "closed" : physical) + "]";
    }

    /** What a handle takes for the lease of its connection. */
    private final class Share implements Lease<PhysicalConnection> {
        @Override
        public PhysicalConnection get() {
            return physical;
        }

        @Override
        public void close() {
            handles.remove(this);
        }

        @Override
        public void invalidate(@Nullable Throwable cause) {
            if (handles.remove(this) == null) {
                throw new IllegalStateException("The handle is closed");
            }
            discarded = cause;
        }

        @Override
        public PhysicalConnection detach() {
            throw new AssertionError("bug: no handle detaches");
        }
    }
}
