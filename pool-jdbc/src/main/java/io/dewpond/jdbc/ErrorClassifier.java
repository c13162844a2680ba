package io.dewpond.jdbc;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges whether a connection is fit to be lent again after what its driver threw. */
final class ErrorClassifier {
    /** PostgreSQL ends the session: shut down, crashed, dropped, timed out while idle (in a transaction or not). */
    private static final Set<String> ENDED_SESSIONS =
            Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

    private ErrorClassifier() {}

    /**
     * Tells whether the failure ends the connection: the driver said that it is lost, anywhere in the chain of next
     * exceptions and causes, or threw what no driver should, which leaves it in a state that nobody knows. An ordinary
     * error, such as a violated key or a mistake in the SQL, doesn't.
     */
    static boolean endsConnection(Throwable failure) {
        if (!(failure instanceof SQLException)) {
            return true;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> left = new ArrayDeque<>();
        for (@Nullable Throwable next = failure; next != null; next = left.poll()) {
            if (!seen.add(next)) {
                continue; // some drivers chain in circles
            }
            if (next instanceof SQLException said) {
                if (isLost(said)) {
                    return true;
                }
                add(left, said.getNextException());
            }
            add(left, next.getCause());
        }
        return false;
    }

    private static boolean isLost(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || ENDED_SESSIONS.contains(state)));
    }

    private static void add(Deque<Throwable> left, @Nullable Throwable next) {
        if (next != null) {
            left.add(next);
        }
    }
}
