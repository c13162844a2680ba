package io.dewpond.jdbc;

import io.dewpond.PoolClosedException;
import io.dewpond.PoolException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Says in the terms of JDBC why there was no connection to be had. */
final class Unavailable {
    private Unavailable() {}

    /**
     * Returns what to throw.
     *
     * @param failure what the pool threw; an interrupt is set again
     * @param name the name of the pool
     */
    static SQLException because(Exception failure, String name) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new SQLException(
                    "Interrupted while waiting for a connection of pool '" + name + "'", "HY008", failure);
        }
        if (failure instanceof PoolException none && !(failure instanceof PoolClosedException)) {
            return inTime(none);
        }
        // A lease may also have been given in the last instant of a shutdown, and taken back before we had the
        // connection.
        return new SQLNonTransientConnectionException(failure.getMessage(), "08003", failure);
    }

    private static SQLException inTime(PoolException failure) {
        Throwable cause = failure.getCause();
        SQLException said = firstOf(cause);
        return new SQLTransientConnectionException(
                failure.getMessage(),
                said == null || said.getSQLState() == null ? "08001" : said.getSQLState(),
                said == null ? 0 : said.getErrorCode(),
                cause == null ? failure : cause);
    }

    /** Finds what the driver said; a connection factory may have wrapped it. */
    private static @Nullable SQLException firstOf(@Nullable Throwable cause) {
        Throwable next = cause;
        // A chain of causes can't go on for long, but in circles.
        for (int depth = 0; next != null && depth < 32; depth++) {
            if (next instanceof SQLException said) {
                return said;
            }
            next = next.getCause();
        }
        return null;
    }
}
