package io.dewpond.jdbc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that takes part in a transaction, from its connect to its end. */
@Tag("J50")
class XaLeaseTest {
    private final RecordingDriver driver = new RecordingDriver();
    private final XADataSource source = driver.make(XADataSource.class);
    private final XAResource bare = driver.make(XAResource.class);
    private final Xid xid = driver.make(Xid.class);
    private final PooledDataSource pool;

    XaLeaseTest() {
        driver.answer("XADataSource.getXAConnection", driver.make(XAConnection.class));
        driver.answer("PooledConnection.getConnection", driver.connection());
        driver.answer("XAConnection.getXAResource", bare);
        driver.answer("Connection.createStatement", driver.make(Statement.class));
        pool = PooledDataSource.open(config());
    }

    private JdbcPoolConfig config() {
        return JdbcPoolConfig.ofXa(source).name("two-phase").maxSize(1).failFast(true);
    }

    @AfterEach
    void nothingIsLeft() {
        pool.close();
        assertEquals(0, pool.pool().stats().total());
    }

    // ---- connecting

    @Test
    void connectionAndResourceAreAskedForOnceAndBothEndsAreClosed() throws Exception {
        for (int i = 0; i < 3; i++) {
            branch(resource -> resource.commit(xid, true));
            pool.getConnection().close();
        }
        pool.close();
        assertEquals(
                List.of(
                        "XADataSource.getXAConnection",
                        "PooledConnection.getConnection",
                        "XAConnection.getXAResource",
                        "PooledConnection.close"),
                calls("XADataSource", "XAConnection", "Pooled"));
        assertEquals(List.of("Connection.close"), driver.calls("Connection.close"));
    }

    @Test
    void connectionWhoseOtherHalfCantBeClosedIsClosedAllTheSame() throws Exception {
        pool.getConnection().close();
        driver.fail("Connection.close", new SQLException("no"));
        pool.close();
        assertEquals(List.of("PooledConnection.close"), driver.calls("PooledConnection.close"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PooledConnection.getConnection", "XAConnection.getXAResource"})
    void connectionWithoutItsHalvesIsClosed(String half) {
        driver.fail(half, new SQLException("none today", "99999"));
        SQLException failed = assertThrows(SQLException.class, pool::getConnection);
        assertEquals("99999", failed.getSQLState());
        pool.close();
        assertEquals(
                driver.calls("XADataSource.").size(),
                driver.calls("PooledConnection.close").size());
        assertTrue(driver.calls("XADataSource.").size() > 0);
    }

    @Test
    void driverThatReturnsNothingIsSaidTo() {
        driver.answer("XADataSource.getXAConnection", null);
        SQLException failed = assertThrows(SQLException.class, pool::getConnection);
        assertTrue(failed.getMessage().contains("returned null"), failed.getMessage());
    }

    @Test
    void userAndPasswordAreThoseOfTheConfiguration() throws Exception {
        connectBy(config());
        connectBy(config().user("ann").password("hush"));
        connectBy(config().credentials(CredentialsProvider.of("bob", "hush too")));
        assertEquals(
                List.of(
                        "XADataSource.getXAConnection",
                        "XADataSource.getXAConnection[ann, hush]",
                        "XADataSource.getXAConnection[bob, hush too]"),
                driver.calls("XADataSource."));
    }

    private static void connectBy(JdbcPoolConfig config) throws SQLException {
        try (PooledDataSource ds = PooledDataSource.open(config)) {
            ds.getConnection().close();
            assertFalse(ds.toString().contains("hush"), ds.toString());
        }
    }

    @Test
    void poolOfOtherConnectionsRefuses() {
        try (PooledDataSource other = PooledDataSource.open(
                JdbcPoolConfig.of(driver::connection).name("plain").maxSize(1))) {
            SQLException refused = assertThrows(SQLFeatureNotSupportedException.class, other::acquireXa);
            assertTrue(refused.getMessage().contains("'plain'"), refused.getMessage());
            assertTrue(refused.getMessage().contains("ofXa"), refused.getMessage());
            assertEquals(0, other.pool().stats().acquired());
        }
    }

    // ---- handles

    @Test
    void handlesShareTheConnectionAndCloseWhatTheyOpened() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            Connection first = lease.getConnection();
            Connection second = lease.getConnection();
            assertNotSame(first, second);
            Statement one = first.createStatement();
            Statement two = second.createStatement();
            assertSame(first, one.getConnection());
            first.close();
            assertTrue(first.isClosed() && one.isClosed());
            assertFalse(second.isClosed() || two.isClosed());
            assertEquals(List.of("Statement.close"), driver.calls("Statement.close"));
            assertEquals(1, pool.pool().stats().leased());
        }
        assertEquals(2, driver.calls("Statement.close").size());
        assertEquals(0, pool.pool().stats().leased());
        assertEquals(1, pool.pool().stats().idle());
    }

    @Test
    void handleThatIsAbortedCostsTheConnection() throws Exception {
        XaLease lease = pool.acquireXa();
        Connection other = lease.getConnection();
        lease.getConnection().abort(Runnable::run);
        assertFalse(other.isClosed());
        lease.close();
        assertTrue(other.isClosed());
        assertCreatedNext(2);
    }

    @Test
    void failureThatEndsTheConnectionCostsIt() throws Exception {
        driver.fail("Connection.nativeSQL", new SQLException("gone", "08006"));
        try (XaLease lease = pool.acquireXa();
                Connection handle = lease.getConnection()) {
            assertThrows(SQLException.class, () -> handle.nativeSQL("select 1"));
        }
        assertCreatedNext(2);
    }

    @Test
    void closedLeaseHasNoMoreHandlesAndEndsOnce() throws Exception {
        XaLease lease = pool.acquireXa();
        Connection kept = lease.getConnection();
        lease.close();
        assertTrue(kept.isClosed());
        assertEquals(
                "08003", assertThrows(SQLException.class, lease::getConnection).getSQLState());
        try (Connection next = pool.getConnection()) {
            lease.close();
            kept.close();
            assertEquals(1, pool.pool().stats().leased());
            assertFalse(next.isClosed());
        }
    }

    @Test
    void forgottenLeaseComesBackThoughAClosedOneIsKept() throws Exception {
        XaLease kept = pool.acquireXa();
        Connection keptHandle = kept.getConnection();
        keptHandle.createStatement();
        kept.close();
        forget();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return pool.pool().stats().lost() == 1;
        });
        assertTrue(keptHandle.isClosed());
        assertEquals("XaLease[closed]", kept.toString());
    }

    private void forget() throws SQLException {
        XaLease forgotten = pool.acquireXa();
        forgotten.getConnection().createStatement();
        assertTrue(forgotten.toString().contains("@"), forgotten::toString);
    }

    // ---- a branch

    @Test
    void autoCommitIsOffFromBeforeTheBranchUntilTheReturn() throws Exception {
        try (XaLease lease = pool.acquireXa();
                Connection handle = lease.getConnection()) {
            assertTrue(handle.getAutoCommit());
            driver.forget();
            lease.xaResource().start(xid, XAResource.TMNOFLAGS);
            assertFalse(handle.getAutoCommit());
            handle.setAutoCommit(false);
            commit(lease);
            driver.answer("Connection.getAutoCommit", false); // as it was set
        }
        assertEquals(
                List.of(
                        "Connection.setAutoCommit[false]",
                        "XAResource.start",
                        "XAResource.end",
                        "XAResource.commit",
                        "Connection.getAutoCommit",
                        "Connection.rollback",
                        "Connection.setAutoCommit[true]"),
                calls("XAResource", "Connection.setAuto", "Connection.getAuto", "Connection.rollback"));
    }

    @Test
    void borrowerDoesNotEndTheTransaction() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            Connection handle = lease.getConnection();
            handle.commit(); // nobody's transaction yet
            lease.xaResource().start(xid, XAResource.TMNOFLAGS);
            driver.forget();
            List<Executable> ends = List.of(
                    handle::commit,
                    handle::rollback,
                    () -> handle.rollback(null),
                    handle::setSavepoint,
                    () -> handle.setSavepoint("here"),
                    () -> handle.setAutoCommit(true));
            for (Executable end : ends) {
                assertEquals("2D000", assertThrows(SQLException.class, end).getSQLState());
            }
            assertEquals(List.of(), driver.calls());
            commit(lease);
        }
        assertCreatedNext(1);
    }

    @Test
    void handlesEndBeforeTheBranchDoes() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            ConnectionHandle handle = (ConnectionHandle) lease.getConnection();
            Tracked<?> statement = (Tracked<?>) handle.createStatement();
            lease.xaResource().start(xid, XAResource.TMNOFLAGS);
            List<Boolean> closed = new ArrayList<>();
            driver.during("XAResource.end", () -> closed.add(handle.isClosed() && statement.isMarkedClosed()));
            lease.xaResource().end(xid, XAResource.TMFAIL);
            assertEquals(List.of(true), closed);
            SQLException late = assertThrows(SQLException.class, lease::getConnection);
            assertEquals("08003", late.getSQLState());
            assertEquals(1, pool.pool().stats().leased());
            lease.xaResource().rollback(xid);
        }
        assertCreatedNext(1);
    }

    @Test
    void suspendedBranchKeepsItsHandles() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            Connection handle = lease.getConnection();
            lease.xaResource().start(xid, XAResource.TMNOFLAGS);
            lease.xaResource().end(xid, XAResource.TMSUSPEND);
            assertThrows(SQLException.class, handle::commit);
            lease.xaResource().start(xid, XAResource.TMRESUME);
            assertFalse(handle.isClosed());
            commit(lease);
        }
        assertCreatedNext(1);
    }

    /** Each ends a branch in a way of its own; then the connection is as good as any. */
    @Test
    void finishedBranchLeavesAConnectionToLend() throws Exception {
        branch(resource -> resource.commit(xid, true));
        branch(resource -> resource.rollback(xid));
        driver.answer("XAResource.prepare", XAResource.XA_RDONLY);
        branch(resource -> resource.prepare(xid));
        driver.answer("XAResource.prepare", XAResource.XA_OK);
        branch(resource -> {
            resource.prepare(xid);
            resource.commit(xid, false);
        });
        for (String step : List.of("prepare", "commit", "rollback")) {
            driver.fail("XAResource." + step, new XAException(XAException.XA_RBDEADLOCK));
            branch(resource -> assertThrows(XAException.class, () -> {
                switch (step) {
                    case "prepare" -> resource.prepare(xid);
                    case "commit" -> resource.commit(xid, true);
                    default -> resource.rollback(xid);
                }
            }));
            driver.fail("XAResource." + step, null);
        }
        driver.fail("XAResource.commit", new XAException(XAException.XA_HEURMIX));
        branch(resource -> {
            assertThrows(XAException.class, () -> resource.commit(xid, true));
            resource.forget(xid);
        });
        driver.fail("XAResource.commit", null);
        assertCreatedNext(1);
    }

    @Test
    void branchThatWasJoinedIsFinishedByAnother() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            lease.xaResource().start(xid, XAResource.TMJOIN);
            lease.xaResource().end(xid, XAResource.TMSUCCESS);
        }
        assertCreatedNext(1);
    }

    @Test
    void unfinishedBranchCostsTheConnection() throws Exception {
        branch(resource -> {});
        assertCreatedNext(2);
        branch(resource -> resource.prepare(xid));
        assertCreatedNext(3);
        driver.fail("XAResource.commit", new XAException(XAException.XA_HEURMIX));
        branch(resource -> assertThrows(XAException.class, () -> resource.commit(xid, false)));
        assertCreatedNext(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "end", "prepare", "commit", "rollback", "forget", "recover", "isSameRM"})
    void errorOfTheResourceCostsTheConnection(String method) throws Exception {
        driver.fail("XAResource." + method, new XAException(XAException.XAER_RMFAIL));
        try (XaLease lease = pool.acquireXa()) {
            XAResource resource = lease.xaResource();
            assertThrows(XAException.class, () -> {
                switch (method) {
                    case "start" -> resource.start(xid, XAResource.TMNOFLAGS);
                    case "end" -> resource.end(xid, XAResource.TMSUCCESS);
                    case "prepare" -> resource.prepare(xid);
                    case "commit" -> resource.commit(xid, true);
                    case "rollback" -> resource.rollback(xid);
                    case "forget" -> resource.forget(xid);
                    case "recover" -> resource.recover(XAResource.TMSTARTRSCAN);
                    default -> resource.isSameRM(resource);
                }
            });
        }
        driver.fail("XAResource." + method, null);
        assertCreatedNext(2);
    }

    @Test
    void causeOfAFailedCommitIsJudgedToo() throws Exception {
        XAException rolledBack = new XAException(XAException.XA_RBCOMMFAIL);
        rolledBack.initCause(new SQLException("gone", "08006"));
        driver.fail("XAResource.commit", rolledBack);
        branch(resource -> assertThrows(XAException.class, () -> resource.commit(xid, true)));
        driver.fail("XAResource.commit", null);
        assertCreatedNext(2);
    }

    @Test
    void connectionThatCantGetReadyForABranchTellsTheManager() throws Exception {
        driver.fail("Connection.setAutoCommit", new SQLException("no", "0A000"));
        try (XaLease lease = pool.acquireXa()) {
            XAException failed =
                    assertThrows(XAException.class, () -> lease.xaResource().start(xid, XAResource.TMNOFLAGS));
            assertEquals(XAException.XAER_RMFAIL, failed.errorCode);
            assertEquals(List.of(), driver.calls("XAResource.start"));
        }
        driver.fail("Connection.setAutoCommit", null);
        assertCreatedNext(2);
    }

    @Test
    void resourceIsWorthNothingOnceItsConnectionIsReturned() throws Exception {
        XAResource kept;
        try (XaLease lease = pool.acquireXa()) {
            kept = lease.xaResource();
            assertSame(kept, lease.xaResource());
        }
        try (Connection next = pool.getConnection()) {
            driver.forget();
            XAException refused = assertThrows(XAException.class, () -> kept.rollback(xid));
            assertEquals(XAException.XAER_RMFAIL, refused.errorCode);
            assertEquals(List.of(), driver.calls());
            assertFalse(next.isClosed());
        }
        assertCreatedNext(1);
    }

    /** A transaction that is rolled back while its first connection is about to be enlisted. */
    @Test
    void connectionIsNotReturnedWhileItsBranchBegins() throws Exception {
        XaLease lease = pool.acquireXa();
        List<Integer> leased = new ArrayList<>();
        driver.during("XAResource.start", () -> {
            lease.close();
            leased.add(pool.pool().stats().leased());
        });
        lease.xaResource().start(xid, XAResource.TMNOFLAGS);
        assertEquals(List.of(1), leased);
        assertEquals(0, pool.pool().stats().leased());
        assertCreatedNext(2); // it has a branch that nobody will finish
    }

    @Test
    void driverIsAskedAboutItsOwnResources() throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            lease.xaResource().isSameRM(lease.xaResource());
            assertSame(bare, driver.lastCall().arguments().get(0));
            XAResource foreign = driver.make(XAResource.class);
            lease.xaResource().isSameRM(foreign);
            assertSame(foreign, driver.lastCall().arguments().get(0));
            lease.xaResource().setTransactionTimeout(7);
            assertEquals(
                    "XAResource.setTransactionTimeout[7]", driver.lastCall().toString());
            lease.xaResource().getTransactionTimeout();
            assertEquals("XAResource.getTransactionTimeout", driver.lastCall().toString());
        }
    }

    @Test
    void branchWorksUnderEveryDecorator() throws Exception {
        try (PooledDataSource decorated = PooledDataSource.open(config().statementCacheSize(2)
                .requestBoundaries(true)
                .listener(new JdbcListener() {})
                .slowStatementAfter(Duration.ofSeconds(1)))) {
            try (XaLease lease = decorated.acquireXa();
                    Connection handle = lease.getConnection()) {
                lease.xaResource().start(xid, XAResource.TMNOFLAGS);
                assertThrows(SQLException.class, handle::commit);
                commit(lease);
            }
            assertEquals(1, driver.calls("Connection.beginRequest").size());
            assertEquals(1, driver.calls("Connection.endRequest").size());
            assertEquals(1, decorated.pool().stats().idle());
        }
    }

    private void branch(Steps steps) throws Exception {
        try (XaLease lease = pool.acquireXa()) {
            lease.xaResource().start(xid, XAResource.TMNOFLAGS);
            lease.xaResource().end(xid, XAResource.TMSUCCESS);
            steps.on(lease.xaResource());
        }
    }

    private void commit(XaLease lease) throws XAException {
        lease.xaResource().end(xid, XAResource.TMSUCCESS);
        lease.xaResource().commit(xid, true);
    }

    /** Whether the connection was lent again, or another is. */
    private void assertCreatedNext(int created) throws SQLException {
        pool.getConnection().close();
        assertEquals(created, pool.pool().stats().created());
    }

    private List<String> calls(String... prefixes) {
        return driver.calls().stream()
                .filter(call -> List.of(prefixes).stream().anyMatch(call::startsWith))
                .map(call -> call.startsWith("XAResource.") ? call.replaceAll("\\[.*", "") : call)
                .toList();
    }

    private interface Steps {
        void on(XAResource resource) throws Exception;
    }
}
