package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The resource of one lease as a transaction manager sees it: the driver's, watched, and worth nothing once the lease has
 * ended. A manager that tries a commit again later gets {@code XAER_RMFAIL} and asks its recovery for another, instead of
 * reaching the connection in its next borrower's hands.
 *
 * <h2>Design note: who is too late</h2>
 *
 * When a transaction times out, a thread of its manager ends and rolls back the branch while the borrower may be in the
 * middle of his work. What he does next must not be committed on its own. So the handles end before the branch does ({@link
 * #end}), and the connection is in auto-commit off before it begins ({@link #start}). A call that had passed the handle
 * already, and reaches the driver only after the rollback, opens a transaction that the pool rolls back when the
 * connection returns. Drivers that switch auto-commit on by themselves after a branch, as H2's does, leave that call, one per
 * thread, as a transaction of its own.
 *
 * <p>Not taken: a lock around each call and each end. It would hold a transaction manager's thread for as long as the slowest
 * statement, and {@code Statement.cancel} with it.
 */
final class XaBranch implements XAResource {
    private final XaConnection connection;
    private final PhysicalConnection physical;
    private final XaLease lease;

    /** Whether a branch has begun here and not found its end. Written by who drives the transaction, read by who returns. */
    private volatile boolean unfinished;
    /** What the driver threw last. Written by who drives the transaction, read by who explains it. */
    private volatile @Nullable Throwable lastFailure;
    /** Whether the branch is another connection's too, which finishes it. */
    private boolean joined;

    XaBranch(XaConnection connection, PhysicalConnection physical, XaLease lease) {
        this.connection = connection;
        this.physical = physical;
        this.lease = lease;
    }

    boolean isUnfinished() {
        return unfinished;
    }

    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    // ---- one branch

    @Override
    public void start(Xid xid, int flags) throws XAException {
        boolean begins = (flags & TMRESUME) == 0;
        ask(driver -> {
            if (begins) {
                switchAutoCommitOff();
            }
            driver.start(xid, flags);
            if (begins) {
                joined = (flags & TMJOIN) != 0;
                unfinished = true;
                connection.inBranch(true);
            }
            return XA_OK;
        });
    }

    private void switchAutoCommitOff() throws XAException {
        Connection driver = physical.driver();
        try {
            if (physical.session().autoCommit()) {
                driver.setAutoCommit(false);
                physical.session().setAutoCommit(false);
            }
        } catch (SQLException failure) {
            throw (XAException) new XAException(XAException.XAER_RMFAIL).initCause(failure);
        }
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        boolean suspends = (flags & TMSUSPEND) != 0;
        if (!suspends) {
            lease.endHandles();
        }
        ask(driver -> {
            driver.end(xid, flags);
            if (!suspends && joined) {
                finished();
            }
            return XA_OK;
        });
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return decide(driver -> {
            int vote = driver.prepare(xid);
            if (vote == XA_RDONLY) {
                finished();
            }
            return vote;
        });
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        decide(driver -> {
            driver.commit(xid, onePhase);
            finished();
            return XA_OK;
        });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        decide(driver -> {
            driver.rollback(xid);
            finished();
            return XA_OK;
        });
    }

    @Override
    public void forget(Xid xid) throws XAException {
        ask(driver -> {
            driver.forget(xid);
            finished();
            return XA_OK;
        });
    }

    private void finished() {
        unfinished = false;
        connection.inBranch(false);
    }

    // ---- the resource manager

    @Override
    public Xid[] recover(int flags) throws XAException {
        return ask(driver -> driver.recover(flags));
    }

    @Override
    public boolean isSameRM(XAResource other) throws XAException {
        XAResource others = other instanceof XaBranch branch ? branch.connection.resource() : other;
        return ask(driver -> driver.isSameRM(others));
    }

    @Override
    public int getTransactionTimeout() throws XAException {
        return ask(XAResource::getTransactionTimeout);
    }

    @Override
    public boolean setTransactionTimeout(int seconds) throws XAException {
        return ask(driver -> driver.setTransactionTimeout(seconds));
    }

    // ---- the driver; what has nothing to say but that it went well says XA_OK, as in C

    /** Asks for a step after which the branch is over if the driver says that it has rolled back. */
    private <R> R decide(Question<R> question) throws XAException {
        return ask(driver -> {
            try {
                return question.of(driver);
            } catch (XAException failure) {
                if (failure.errorCode >= XAException.XA_RBBASE && failure.errorCode <= XAException.XA_RBEND) {
                    finished();
                }
                throw failure;
            }
        });
    }

    /** What a question leaves behind is noted within it, for who returns the connection to find. */
    private <R> R ask(Question<R> question) throws XAException {
        if (!lease.enter()) {
            throw (XAException) new XAException(XAException.XAER_RMFAIL)
                    .initCause(new SQLException("The connection of this resource was given back", "08003"));
        }
        try {
            return question.of(connection.resource());
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        } finally {
            lease.leave();
        }
    }

    /** A rollback and the like is an answer; an error leaves behind a connection that nobody knows. */
    private void failed(Throwable failure) {
        lastFailure = failure;
        if (failure.getCause() instanceof SQLException said) {
            physical.failed(said);
        }
        if (!(failure instanceof XAException answer) || answer.errorCode < 0) {
            physical.failed(failure);
        }
    }

    private interface Question<R> {
        R of(XAResource driver) throws XAException;
    }
}
