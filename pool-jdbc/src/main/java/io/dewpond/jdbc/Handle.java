package io.dewpond.jdbc;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a borrower holds instead of an object of the driver: the hand-written half of the generated forwarders.
 *
 * <p>Every forwarded method is the same four steps, and this class says what they mean: {@link #delegate()} checks that
 * the handle is open, the driver is called, {@link #wrap} closes the way back to the driver, {@link #failed} learns of
 * what was thrown.
 *
 * <h2>Design note: what is wrapped</h2>
 *
 * Wrapped is whatever leads back to the driver's connection: statements, result sets, all kinds of metadata (some
 * drivers query the catalog for it, long after) and arrays (they have result sets). {@code Blob}, {@code Clob}, {@code
 * SQLXML}, {@code Ref}, {@code RowId}, {@code Struct} and {@code Savepoint} pass as they are: they have no method that
 * returns a connection, statement or result set, JDBC ends them with their transaction, which a release ends, and they
 * are no {@link Wrapper}, so that whoever needs the vendor's class could not get at it. An array that a struct holds
 * isn't wrapped either; that is the one way around. An array or a cursor handed back as a parameter is unwrapped, for
 * drivers cast it to their own class.
 *
 * @param <D> the driver's type
 */
abstract class Handle<D> {
    /**
     * Returns what to forward to, and takes note that it is used.
     *
     * @throws SQLException if this handle or its connection is closed
     */
    abstract D delegate() throws SQLException;

    /** Judges what the driver threw: after some failures the connection can't be lent again. Throws nothing. */
    abstract void failed(Throwable failure);

    /** Returns the handle of the connection, this one or the one it came from. */
    abstract ConnectionHandle connection();

    /** Returns the statement that result sets from here belong to, if there is one. */
    @Nullable
    StatementHandle<?> statement() {
        return null;
    }

    final @Nullable Statement wrap(@Nullable Statement driver) throws SQLException {
        return driver == null ? null : connection().track(new StatementHandle<>(connection(), driver));
    }

    final @Nullable PreparedStatement wrap(@Nullable PreparedStatement driver) throws SQLException {
        return driver == null ? null : connection().track(new PreparedStatementHandle<>(connection(), driver));
    }

    final @Nullable CallableStatement wrap(@Nullable CallableStatement driver) throws SQLException {
        return driver == null ? null : connection().track(new CallableStatementHandle(connection(), driver));
    }

    /** Wraps a result set that lives until it or the connection is closed; a statement's own live shorter. */
    @Nullable
    ResultSet wrap(@Nullable ResultSet driver) throws SQLException {
        return driver == null ? null : cursor(driver);
    }

    final @Nullable DatabaseMetaData wrap(@Nullable DatabaseMetaData driver) {
        return driver == null ? null : new DatabaseMetaDataHandle(connection(), driver);
    }

    final @Nullable ResultSetMetaData wrap(@Nullable ResultSetMetaData driver) {
        return driver == null ? null : new ResultSetMetaDataHandle(connection(), driver);
    }

    final @Nullable ParameterMetaData wrap(@Nullable ParameterMetaData driver) {
        return driver == null ? null : new ParameterMetaDataHandle(connection(), driver);
    }

    final @Nullable Array wrap(@Nullable Array driver) {
        return driver == null ? null : new ArrayHandle(connection(), driver);
    }

    /** Wraps a value where it needs it: a column or parameter can hold a cursor or an array. */
    final @Nullable Object wrap(@Nullable Object value) throws SQLException {
        if (value instanceof ResultSet cursor) {
            return cursor(cursor);
        }
        return value instanceof Array array ? wrap(array) : value;
    }

    /** Wraps a value where the borrower asked for an interface; who asks for the driver's class gets just that. */
    final <T> @Nullable T wrap(Class<T> type, @Nullable T value) throws SQLException {
        if (type == ResultSet.class || type == Array.class) {
            return type.cast(wrap((Object) value));
        }
        return value;
    }

    private ResultSet cursor(ResultSet driver) throws SQLException {
        return connection().track(new ResultSetHandle(connection(), driver, statement(), false));
    }

    static @Nullable Array raw(@Nullable Array value) {
        return value instanceof ArrayHandle handle ? handle.driver() : value;
    }

    static @Nullable Object raw(@Nullable Object value) {
        return value instanceof ArrayHandle || value instanceof ResultSetHandle
                ? ((Dependent<?>) value).driver()
                : value;
    }

    static @Nullable Object @Nullable [] raw(@Nullable Object @Nullable [] values) {
        if (values == null || Arrays.stream(values).noneMatch(Dependent.class::isInstance)) {
            return values;
        }
        return Arrays.stream(values).map(Handle::raw).toArray();
    }

    /**
     * Finds this handle or the driver's object behind it, for {@link Wrapper#unwrap}. Whoever gets the driver's object
     * can do to the connection what we don't see.
     */
    public final <T> T unwrap(Class<T> type) throws SQLException {
        D driver = delegate();
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        try {
            T found = type.isInstance(driver) ? type.cast(driver) : ((Wrapper) driver).unwrap(type);
            connection().escaped();
            return found;
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
    }

    /** Tells for {@link Wrapper#isWrapperFor} what {@link #unwrap} would find. */
    public final boolean isWrapperFor(Class<?> type) throws SQLException {
        D driver = delegate();
        try {
            return type.isInstance(this) || type.isInstance(driver) || ((Wrapper) driver).isWrapperFor(type);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
    }
}
