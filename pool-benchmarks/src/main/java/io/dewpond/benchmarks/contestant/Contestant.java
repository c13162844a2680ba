package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Stub;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * An open pool in the race.
 *
 * @param <L> what it hands out and takes back
 */
public interface Contestant<L> extends AutoCloseable {
    /** Waits up to the timeout it was opened with, then throws whatever this pool throws. */
    L acquire() throws Exception;

    void release(L lease) throws Exception;

    /** What the borrower uses: a {@link Stub} or a {@link Connection}. */
    Object lent(L lease);

    /** The number of the physical object under a lease. */
    default long identity(L lease) throws SQLException {
        Object lent = lent(lease);
        return lent instanceof Stub stub ? stub.id() : Long.parseLong(((Connection) lent).nativeSQL(""));
    }

    @Override
    void close() throws Exception;
}
