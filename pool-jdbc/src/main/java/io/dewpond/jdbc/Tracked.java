package io.dewpond.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A handle on what its borrower ought to close, a statement or a result set, and that is closed for him with its owner.
 *
 * @param <D> the driver's type
 */
abstract class Tracked<D> extends Dependent<D> {
    private static final VarHandle OLDER;

    static {
        try {
            OLDER = MethodHandles.lookup().findVarHandle(Tracked.class, "older", Tracked.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The link of the list this is in, a connection's or a statement's. */
    @SuppressWarnings("UnusedVariable") // read and written through its handle
    private @Nullable Tracked<?> older;

    // Plain, because only the first write counts and a late reader does no harm: it reaches an object that the driver
    // has closed too, and not even that once the connection's handle is closed, for use() reads a volatile field.
    private boolean closed;

    Tracked(ConnectionHandle connection, D driver) {
        super(connection, driver);
    }

    /** Closes the driver's object. */
    abstract void closeDriver(D driver) throws SQLException;

    /** Closes what depends on this, before it is closed itself. */
    void closeDependents() {}

    /** Follows up on a close that went well. */
    void afterClose() throws SQLException {}

    /** Has the owner know that the borrower has closed this. */
    void leave() {
        connection().closed(this);
    }

    /** What was opened before this, in the list this is in. */
    final @Nullable Tracked<?> older() {
        return (Tracked<?>) OLDER.getAcquire(this); // who follows a link sees the member behind it as it was added
    }

    final void setOlder(@Nullable Tracked<?> older) {
        OLDER.setRelease(this, older);
    }

    /** Whether this was closed by its borrower or its owner; the driver, or the end of the borrow, may have done it too. */
    final boolean isMarkedClosed() {
        return closed;
    }

    @Override
    final D delegate() throws SQLException {
        D driver = super.delegate();
        if (closed) {
            throw ended();
        }
        return driver;
    }

    @Override
    final boolean isOpen() {
        return !closed && super.isOpen();
    }

    /** Closes this once; nothing is left to close when the handle of the connection is closed. */
    public final void close() throws SQLException {
        if (!isOpen()) {
            return;
        }
        closed = true;
        leave();
        closeDependents();
        try {
            closeDriver(driver());
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
        afterClose();
    }

    /**
     * Closes this because its owner is being closed and has taken it off the list; a failure stops nobody.
     *
     * @return the failure, or null
     */
    final @Nullable Throwable closeForOwner() {
        if (closed) {
            return null;
        }
        closed = true;
        closeDependents();
        try {
            closeDriver(driver());
            return null;
        } catch (Throwable failure) {
            failed(failure);
            Log.JDBC.debug("{} could not be closed", getClass().getSimpleName(), failure);
            return failure;
        }
    }

    /** Tells whether this is closed; the driver may have closed it by itself. */
    public final boolean isClosed() throws SQLException {
        if (!isOpen()) {
            return true;
        }
        try {
            return isDriverClosed(driver());
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
    }

    /** Asks the driver whether its object is closed. */
    abstract boolean isDriverClosed(D driver) throws SQLException;

    final SQLException ended() {
        return new SQLException("This " + getClass().getSimpleName() + " is closed", "HY010");
    }
}
