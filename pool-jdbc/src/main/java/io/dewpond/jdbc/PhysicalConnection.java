package io.dewpond.jdbc;

import io.dewpond.Resetter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the pool lends: a connection of the driver's, with the record of its session. */
final class PhysicalConnection {
    /** Restores the session in the thread that closes the handle; a cycle that did nothing costs nothing here. */
    static final Resetter<PhysicalConnection> RESETTER = new Resetter<>() {
        @Override
        public void reset(PhysicalConnection connection) throws SQLException {
            connection.reset();
        }

        @Override
        public boolean isNeeded(PhysicalConnection connection) {
            return connection.session.isTouched();
        }
    };

    private final Connection driver;
    private final Session session;
    private final Judge judge;
    private final Buried buried = new Buried();
    /** The first failure that ends the connection; written by any user of its handle, read by who closes that. */
    private volatile @Nullable Throwable failure;

    /** Whether a rollback that may be needless is left out when the connection is closed. */
    private final boolean sparesRollbacks;

    /** Whether a borrower ends it while another thread may be using it, for as long as the server likes. */
    private volatile boolean aborted;

    private PhysicalConnection(Connection driver, Session session, Judge judge, boolean sparesRollbacks) {
        this.driver = driver;
        this.session = session;
        this.judge = judge;
        this.sparesRollbacks = sparesRollbacks;
    }

    /** Takes over a new connection; closes it if that fails. */
    static PhysicalConnection over(Connection driver, SessionDefaults defaults) throws SQLException {
        return over(driver, defaults, null);
    }

    /** As {@link #over(Connection, SessionDefaults, Judge, Baseline, Outfit)}, with the standard judge and as it comes. */
    static PhysicalConnection over(Connection driver, SessionDefaults defaults, @Nullable Baseline siblings)
            throws SQLException {
        return over(driver, defaults, Judge.STANDARD, siblings, Outfit.NONE);
    }

    /**
     * As {@link #over(Connection, SessionDefaults)}; shares the baseline of a sibling that agrees, and equips the connection
     * as the configuration has it.
     */
    static PhysicalConnection over(
            Connection driver, SessionDefaults defaults, Judge judge, @Nullable Baseline siblings, Outfit outfit)
            throws SQLException {
        try {
            outfit.prepare(driver);
            boolean shared = outfit.transactionPooling();
            Baseline own = shared ? Baseline.ofSharedSession(driver, defaults) : Baseline.of(driver, defaults);
            Session session = new Session(own.orSame(siblings));
            return new PhysicalConnection(outfit.over(driver, session), session, judge, shared);
        } catch (Throwable failure) {
            try {
                driver.close();
            } catch (SQLException | RuntimeException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    Connection driver() {
        return driver;
    }

    Session session() {
        return session;
    }

    Buried buried() {
        return buried;
    }

    /** Takes note of what the driver threw, if the connection can't be lent again after it. The first such failure counts. */
    void failed(Throwable cause) {
        if (failure == null && judge.ends(cause)) {
            failure = cause;
        }
    }

    /** Judges what the driver threw, for one who takes note of it. */
    Judge judge() {
        return judge;
    }

    /** The failure that ended the connection, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * Cleans up after a borrower, all of whose statements are closed.
     *
     * @throws SQLException if that failed
     */
    void reset() throws SQLException {
        session.restore(driver);
    }

    /** Closes the connection for good, after a rollback where there may be something to roll back. */
    void close() throws SQLException {
        try {
            if (aborted) {
                driver.abort(Setting.AT_ONCE); // closed first, MariaDB's would leave the user waiting for the server
            } else if (sparesRollbacks ? session.mayBeInTransaction() : session.needsRollbackToClose()) {
                driver.rollback();
            }
        } catch (SQLException | RuntimeException failure) {
            Log.JDBC.debug("What comes before a close failed", failure);
        } finally {
            driver.close(); // after an abort too, for H2's does nothing
        }
    }

    /** Makes the connection fail in its borrower's hands. */
    void abort() throws SQLException {
        driver.abort(Setting.AT_ONCE);
    }

    /**
     * Ends a borrow, and aborts the connection if that was the borrow's end.
     *
     * @param end whether it was. The pool closes the connection in the very next instant, in another thread, so that has to
     *     know before what is going on. If it wasn't, the next borrower's connection is aborted instead of closed if it
     *     happens to be closed right now, which does it no harm
     */
    void abort(Executor executor, BooleanSupplier end) throws SQLException {
        aborted = true;
        if (end.getAsBoolean()) {
            driver.abort(executor);
        } else {
            aborted = false;
        }
    }

    /** Names the kind of connection; the driver's own text may hold the URL. */
    @Override
    public String toString() {
        Object bare = Decorator.bare(driver);
        return bare.getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(bare));
    }
}
