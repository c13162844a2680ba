package io.dewpond.jdbc;

import java.sql.SQLException;

/**
 * A handle on something that came from a connection and dies with its handle.
 *
 * @param <D> the driver's type
 */
abstract class Dependent<D> extends Handle<D> {
    private final ConnectionHandle connection;
    private final D driver;

    Dependent(ConnectionHandle connection, D driver) {
        this.connection = connection;
        this.driver = driver;
    }

    @Override
    D delegate() throws SQLException {
        connection.use();
        return driver;
    }

    @Override
    final void failed(Throwable failure) {
        connection.failed(failure);
    }

    @Override
    final ConnectionHandle connection() {
        return connection;
    }

    /** Returns the driver's object, whether the handle is open or not. */
    final D driver() {
        return driver;
    }

    /** Tells whether this still leads to the driver; asks the driver nothing. */
    boolean isOpen() {
        return !connection.isClosed();
    }

    /** Is the driver's text, which for a statement is often its SQL; safe after close. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + (isOpen() ? driver : "closed") + "]";
    }
}
