package io.dewpond.jdbc;

import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Reports to the user's listener what borrowers do; a pool without one has no such thing. */
final class Watch {
    private final JdbcListener listener;
    private final Ticker ticker;
    /** Statements that take longer are reported; zero for none. */
    private final long slowNanos;

    private final int siteSampling;

    Watch(JdbcListener listener, Ticker ticker, Duration slow, int siteSampling) {
        this.listener = listener;
        this.ticker = ticker;
        this.slowNanos = slow.toNanos();
        this.siteSampling = siteSampling;
    }

    long now() {
        return ticker.nanoTime();
    }

    boolean timesStatements() {
        return slowNanos > 0;
    }

    /**
     * Returns what to lend. Made here, where no other pool comes by: in a JVM that has never seen a {@link WatchedHandle}, the
     * calls to a handle need not be looked up.
     */
    ConnectionHandle lend(Lease<PhysicalConnection> lease) {
        return new WatchedHandle(lease, this);
    }

    /** Draws whether this borrow is to be known by its stack, and takes that. */
    @Nullable
    Throwable site() {
        boolean drawn = siteSampling > 0 && ThreadLocalRandom.current().nextInt(siteSampling) == 0;
        return drawn ? new Throwable("borrowed here") : null;
    }

    void executed(@Nullable String sql, long started) {
        long took = now() - started;
        if (took >= slowNanos) {
            tell(() -> listener.statementSlow(sql == null ? "" : sql, Duration.ofNanos(took)));
        }
    }

    void leftOpen(int count, String thread, long since, @Nullable Throwable site) {
        List<StackTraceElement> stack = site == null ? List.of() : List.of(site.getStackTrace());
        LeaseHolder holder = new LeaseHolder(thread, Duration.ofNanos(now() - since), stack);
        tell(() -> listener.statementsLeftOpen(count, holder));
    }

    /** A listener that throws costs the borrower nothing. */
    private static void tell(Runnable report) {
        try {
            report.run();
        } catch (Throwable thrown) {
            Log.JDBC.warn("The listener threw", thrown);
        }
    }
}
