package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.time.Duration;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;

/** The contract on PostgreSQL, by its XADataSource. */
@Tag("J50")
class PostgresXaTest extends RealDatabaseContract {
    private static final Xid XID = new Branch();

    @Override
    String url() {
        return Postgres.url();
    }

    @Override
    JdbcPoolConfig config() {
        PGXADataSource driver = new PGXADataSource();
        driver.setUrl(url());
        return JdbcPoolConfig.ofXa(driver).name("real").acquireTimeout(Duration.ofSeconds(20));
    }

    @Override
    Class<? extends Connection> driversConnection() {
        return org.postgresql.jdbc.PgConnection.class;
    }

    @Override
    String sessionId() {
        return "pg_backend_pid()";
    }

    @Test
    void transactionOfTwoPhasesIsCommittedAndTheConnectionLentAgain() throws Exception {
        try (XaLease lease = one.acquireXa();
                Connection connection = lease.getConnection()) {
            XAResource resource = lease.xaResource();
            resource.start(XID, XAResource.TMNOFLAGS);
            assertFalse(connection.getAutoCommit());
            update(connection, "update account set balance = balance - 5 where id = 1");
            resource.end(XID, XAResource.TMSUCCESS);
            assertEquals(XAResource.XA_OK, resource.prepare(XID));
            assertEquals(400, sum());
            resource.commit(XID, false);
        }
        assertEquals(395, sum());
        try (Connection next = one.getConnection()) {
            assertTrue(next.getAutoCommit());
            update(next, "update account set balance = balance + 1 where id = 1");
        }
        assertEquals(396, sum());
        assertEquals(1, one.pool().stats().created());
    }

    /** As if the call had passed the handle before the branch ended, and reached the driver after it. */
    @Test
    void callThatComesTooLateForItsTransactionIsNotCommittedOnItsOwn() throws Exception {
        try (XaLease lease = one.acquireXa();
                Connection connection = lease.getConnection()) {
            Connection driver = connection.unwrap(driversConnection());
            XAResource resource = lease.xaResource();
            resource.start(XID, XAResource.TMNOFLAGS);
            update(connection, "update account set balance = balance - 5 where id = 1");
            resource.end(XID, XAResource.TMFAIL);
            resource.rollback(XID);
            update(driver, "update account set balance = balance - 7 where id = 1");
        }
        assertEquals(400, sum());
        try (Connection next = one.getConnection()) {
            assertTrue(next.getAutoCommit());
            assertEquals("100", text(next, "select balance from account where id = 1"));
        }
        assertEquals(1, one.pool().stats().created());
    }

    @Test
    void transactionLeftPreparedCostsTheConnectionAndIsFoundByTheNext() throws Exception {
        try (XaLease lease = one.acquireXa();
                Connection connection = lease.getConnection()) {
            lease.xaResource().start(XID, XAResource.TMNOFLAGS);
            update(connection, "update account set balance = balance - 5 where id = 1");
            lease.xaResource().end(XID, XAResource.TMSUCCESS);
            lease.xaResource().prepare(XID);
        }
        try (XaLease next = one.acquireXa()) {
            Xid[] left = next.xaResource().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
            assertEquals(1, left.length);
            next.xaResource().rollback(left[0]);
        }
        assertEquals(400, sum());
        assertEquals(2, one.pool().stats().created());
    }

    /** A branch as a transaction manager would name it. */
    private static final class Branch implements Xid {
        @Override
        public int getFormatId() {
            return 50;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return new byte[] {1};
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {2};
        }
    }
}
