package io.dewpond.benchmarks.conformance;

import io.dewpond.benchmarks.conformance.script.Call;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that has fallen silent. A thread that waits for it in a socket can't be interrupted. */
final class Silence {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Silence() {}

    /** Waits for an answer, until the time that somebody has set; zero: for ever. */
    static void lasts(long millis, String whose) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (millis == 0 || System.nanoTime() - end < 0) {
            try {
                if (millis == 0) {
                    NEVER.await();
                } else {
                    NEVER.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            } catch (InterruptedException e) {
                // A read from a socket goes on.
            }
        }
        throw new SQLException(whose + " has expired", "08006");
    }

    /** A connect to it, by a driver that knows {@code DriverManager}'s timeout. */
    static void atConnect() throws SQLException {
        lasts(DriverManager.getLoginTimeout() * 1000L, "the login timeout");
    }

    /** A call in it, by a driver that keeps to all timeouts it is given. */
    static @Nullable Object atCall(Call call) throws SQLException {
        long allowed = call.allowedSeconds() * 1000L;
        long network = call.session().connection().getNetworkTimeout();
        if (allowed > 0 && (network == 0 || allowed < network)) {
            ignoringTheEnd(allowed);
            if (call.name().equals("Connection.isValid")) {
                return false;
            }
            throw new SQLTimeoutException("the query timeout has expired", "57014");
        }
        return inSocket(call);
    }

    /** A call in it, by a driver that bounds it by the network timeout only. */
    static @Nullable Object inSocket(Call call) throws SQLException {
        lasts(call.session().connection().getNetworkTimeout(), "the network timeout");
        return null;
    }

    private static void ignoringTheEnd(long millis) {
        try {
            lasts(millis, "");
        } catch (SQLException e) {
            // The caller has a better way to say it.
        }
    }
}
