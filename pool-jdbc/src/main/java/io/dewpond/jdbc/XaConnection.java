package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * The connection of an {@code XAConnection}, in a pool over an {@code XADataSource}: closes both, and refuses what a borrower
 * must not do in a transaction that is somebody else's to end.
 *
 * <p>Connection and resource are asked for once, at connect. A driver may end what came before when it is asked for another
 * connection: H2's rolls back.
 */
final class XaConnection extends ConnectionDecorator {
    private final XAConnection xa;
    private final XAResource resource;

    /** Whether this belongs to a branch. Written by who has it begin and end, perhaps in different threads. */
    private volatile boolean inBranch;

    private XaConnection(XAConnection xa, Connection logical, XAResource resource) {
        super(logical);
        this.xa = xa;
        this.resource = resource;
    }

    /** Takes over what was opened; closes it if that fails. */
    static XaConnection over(XAConnection xa) throws SQLException {
        try {
            Connection logical = xa.getConnection();
            XAResource resource = xa.getXAResource();
            if (logical == null || resource == null) {
                throw new SQLException(xa.getClass().getName() + " has no connection or resource", "08001");
            }
            return new XaConnection(xa, logical, resource);
        } catch (Throwable failure) {
            try {
                xa.close();
            } catch (SQLException | RuntimeException closing) {
                failure.addSuppressed(closing);
            }
            throw failure;
        }
    }

    /** Finds the one under a driver's connection as the pool has it; null if there is none. */
    static @Nullable XaConnection under(Connection driver) {
        Connection next = driver;
        while (next instanceof ConnectionDecorator decorator) {
            if (decorator instanceof XaConnection found) {
                return found;
            }
            next = decorator.driver;
        }
        return null;
    }

    /** Returns the driver's own, which nobody watches. */
    XAResource resource() {
        return resource;
    }

    /** A branch begins or ends. */
    void inBranch(boolean begins) {
        inBranch = begins;
    }

    // ---- what the transaction manager decides

    @Override
    public void commit() throws SQLException {
        refuseInBranch("commit");
        super.commit();
    }

    @Override
    public void rollback() throws SQLException {
        refuseInBranch("rollback");
        super.rollback();
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        refuseInBranch("rollback to a savepoint");
        super.rollback(savepoint);
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        refuseInBranch("setSavepoint");
        return super.setSavepoint();
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        refuseInBranch("setSavepoint");
        return super.setSavepoint(name);
    }

    /** Off it is, so that costs nothing; some drivers would refuse that too. */
    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        if (autoCommit) {
            refuseInBranch("setAutoCommit(true)");
        }
        if (!inBranch) {
            super.setAutoCommit(autoCommit);
        }
    }

    private void refuseInBranch(String what) throws SQLException {
        if (inBranch) {
            throw new SQLException(
                    what + " is not for a connection that takes part in a transaction of a transaction manager",
                    "2D000");
        }
    }

    // ---- the end

    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            xa.close();
        }
    }
}
