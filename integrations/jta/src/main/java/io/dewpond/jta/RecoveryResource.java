package io.dewpond.jta;

import io.dewpond.jdbc.PooledDataSource;
import io.dewpond.jdbc.XaLease;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * See {@link JtaDataSource#recovery()}. Holds no connection between two calls, for a transaction manager doesn't say when its
 * recovery has done: it lists the branches now, and commits them seconds later or never.
 */
final class RecoveryResource implements XAResource {
    private static final Xid[] NO_MORE = {};

    private final PooledDataSource pool;

    RecoveryResource(PooledDataSource pool) {
        this.pool = pool;
    }

    /** Answers all at the beginning of a scan: the next call would go to another connection, which knows of no scan. */
    @Override
    public Xid[] recover(int flags) throws XAException {
        return (flags & TMSTARTRSCAN) == 0 ? NO_MORE : ask(driver -> driver.recover(TMSTARTRSCAN | TMENDRSCAN));
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        ask(driver -> {
            driver.commit(xid, onePhase);
            return XA_OK;
        });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        ask(driver -> {
            driver.rollback(xid);
            return XA_OK;
        });
    }

    @Override
    public void forget(Xid xid) throws XAException {
        ask(driver -> {
            driver.forget(xid);
            return XA_OK;
        });
    }

    private <R> R ask(Question<R> question) throws XAException {
        try (XaLease lease = pool.acquireXa()) {
            return question.of(lease.xaResource());
        } catch (SQLException unavailable) {
            throw (XAException) new XAException(XAException.XAER_RMFAIL).initCause(unavailable);
        }
    }

    /** Only this itself: which of two pools are of one database, nobody needs to know here. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    // ---- no branch begins here

    @Override
    public void start(Xid xid, int flags) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        throw new XAException(XAException.XAER_PROTO);
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }

    /** Names the pool. */
    @Override
    public String toString() {
        return "RecoveryResource[" + pool + "]";
    }

    private interface Question<R> {
        R of(XAResource driver) throws XAException;
    }
}
