package io.dewpond.jta;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.dewpond.jdbc.JdbcPoolConfig;
import io.dewpond.jdbc.PooledDataSource;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections in transactions, with a real transaction manager. */
@Tag("J50")
class JtaDataSourceTest {
    private final TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private final Faults driver = new Faults(h2());
    private final PooledDataSource pool = PooledDataSource.open(config(driver));
    private final JtaDataSource ds = JtaDataSource.of(pool, manager, new TransactionSynchronizationRegistryImple());

    private static JdbcDataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return h2;
    }

    private static JdbcPoolConfig config(Faults driver) {
        return JdbcPoolConfig.ofXa(driver.source()).name("shop").maxSize(2).acquireTimeout(Duration.ofSeconds(10));
    }

    @BeforeEach
    void createTable() throws SQLException {
        update(ds, "create table item (id int)");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertEquals(Status.STATUS_NO_TRANSACTION, manager.getStatus());
        assertEquals(0, pool.pool().stats().leased());
        pool.close();
    }

    // ---- one transaction, one connection

    @Test
    void allHandlesOfATransactionAreOnTheSameConnectionUntilItIsOver() throws Exception {
        manager.begin();
        try (Connection first = ds.getConnection();
                Connection second = ds.getConnection()) {
            assertNotSame(first, second);
            assertEquals(session(first), session(second));
            update(first, "insert into item values (1)");
            first.close();
            assertEquals(1, count(second));
        }
        assertEquals(1, pool.pool().stats().leased());
        update(ds, "insert into item values (2)");
        assertEquals(1, Collections.frequency(driver.asked(), "start"));
        manager.commit();
        assertEquals(0, pool.pool().stats().leased());
        assertEquals(2, count());
    }

    @Test
    void rollbackUndoesWhatAllHandlesDid() throws Exception {
        manager.begin();
        update(ds, "insert into item values (1)");
        update(ds, "insert into item values (2)");
        manager.rollback();
        assertEquals(0, count());
        assertEquals(1, pool.pool().stats().created());
    }

    @Test
    void connectionOutsideATransactionIsAPlainOne() throws Exception {
        try (Connection plain = ds.getConnection()) {
            assertTrue(plain.getAutoCommit());
            plain.setAutoCommit(false);
            update(plain, "insert into item values (1)");
            plain.commit();
        }
        assertEquals(0, pool.pool().stats().leased());
        assertEquals(1, count());
        assertEquals(List.of(), driver.asked());
    }

    @Test
    void nextBorrowerFindsTheConnectionAsItWas() throws Exception {
        manager.begin();
        try (Connection connection = ds.getConnection()) {
            assertFalse(connection.getAutoCommit());
            connection.setReadOnly(true);
        }
        manager.commit();
        try (Connection next = ds.getConnection()) {
            assertTrue(next.getAutoCommit());
            assertFalse(next.isReadOnly());
        }
        assertEquals(1, pool.pool().stats().created());
    }

    @Test
    void handleDoesNotEndTheTransaction() throws Exception {
        manager.begin();
        Connection connection = ds.getConnection();
        update(connection, "insert into item values (1)");
        List<Executable> ends = List.of(
                connection::commit,
                connection::rollback,
                connection::setSavepoint,
                () -> connection.setSavepoint("here"),
                () -> connection.setAutoCommit(true));
        for (Executable end : ends) {
            assertEquals("2D000", assertThrows(SQLException.class, end).getSQLState());
        }
        manager.rollback();
        assertEquals(0, count());
    }

    @Test
    void handleAndStatementKeptPastTheTransactionAreClosed() throws Exception {
        manager.begin();
        Connection kept = ds.getConnection();
        Statement statement = kept.createStatement();
        manager.commit();
        assertTrue(kept.isClosed() && statement.isClosed());
        assertEquals(
                "08003",
                assertThrows(SQLException.class, () -> statement.execute("select 1"))
                        .getSQLState());
        kept.close();
    }

    @Test
    void suspendedTransactionKeepsItsConnection() throws Exception {
        manager.begin();
        String outer = session(ds);
        Transaction suspended = manager.suspend();
        manager.begin();
        String inner = session(ds);
        update(ds, "insert into item values (1)");
        assertNotEquals(outer, inner);
        assertEquals(inner, session(ds));
        manager.commit();
        manager.resume(suspended);
        assertEquals(outer, session(ds));
        update(ds, "insert into item values (2)");
        manager.rollback();
        assertEquals(1, count());
    }

    @Test
    void threadsOfOneTransactionShareItsConnection() throws Exception {
        manager.begin();
        Transaction shared = manager.suspend();
        int threads = 4;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService crowd = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> sessions = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                sessions.add(crowd.submit(() -> {
                    manager.resume(shared);
                    together.await();
                    try (Connection connection = ds.getConnection()) {
                        together.await();
                        synchronized (shared) {
                            return session(connection);
                        }
                    } finally {
                        manager.suspend();
                    }
                }));
            }
            for (Future<String> session : sessions) {
                assertEquals(sessions.get(0).get(), session.get());
            }
        } finally {
            crowd.shutdown();
        }
        manager.resume(shared);
        assertEquals(1, pool.pool().stats().leased());
        manager.commit();
        assertEquals(1, Collections.frequency(driver.asked(), "start"));
    }

    @Test
    void twoPoolsCommitInTwoPhases() throws Exception {
        Faults other = new Faults(h2());
        try (PooledDataSource second = PooledDataSource.open(config(other).name("stock"))) {
            DataSource stock = JtaDataSource.of(second, manager);
            update(stock, "create table item (id int)");
            manager.begin();
            update(ds, "insert into item values (1)");
            update(stock, "insert into item values (1)");
            manager.commit();
            assertEquals(2, count() + count(stock));
            for (Faults each : List.of(driver, other)) {
                assertTrue(each.asked().indexOf("prepare") < each.asked().indexOf("commit"), each.asked()::toString);
                assertTrue(each.asked().contains("prepare"), each.asked()::toString);
            }
            assertEquals(0, second.pool().stats().leased());

            manager.begin();
            update(ds, "insert into item values (2)");
            update(stock, "insert into item values (2)");
            other.once("prepare", () -> {
                throw new XAException(XAException.XA_RBROLLBACK);
            });
            assertThrows(RollbackException.class, manager::commit);
            assertEquals(2, count() + count(stock));
        }
    }

    // ---- when it can't be

    @Test
    void transactionMarkedForRollbackGetsNoConnection() throws Exception {
        manager.begin();
        manager.setRollbackOnly();
        SQLException refused = assertThrows(SQLException.class, ds::getConnection);
        assertEquals("25000", refused.getSQLState());
        assertTrue(refused.getMessage().contains("'shop'"), refused.getMessage());
        assertTrue(refused.getMessage().contains("marked for rollback"), refused.getMessage());
        assertEquals(0, pool.pool().stats().leased());
        manager.rollback();
    }

    @Test
    void synchronizationUsesTheConnectionBeforeTheCompletionAndGetsNoneAfterIt() throws Exception {
        List<Object> seen = new ArrayList<>();
        manager.begin();
        session(ds); // so the connection's own is registered first; some managers call the last first
        manager.getTransaction().registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                seen.add(quietly(() -> update(ds, "insert into item values (1)")));
            }

            @Override
            public void afterCompletion(int status) {
                seen.add(quietly(() -> update(ds, "insert into item values (2)")));
                seen.add(pool.pool().stats().leased());
            }
        });
        manager.commit();
        assertEquals(List.of("done", "25000", 0), seen);
        assertEquals(1, count());
    }

    private static String quietly(Executable work) {
        try {
            work.execute();
            return "done";
        } catch (SQLException refused) {
            return refused.getSQLState();
        } catch (Throwable wrong) {
            return wrong.toString();
        }
    }

    @Test
    void connectionThatCantBeEnlistedIsReturned() throws Exception {
        for (int code : new int[] {XAException.XAER_RMFAIL, XAException.XA_RBROLLBACK}) {
            driver.once("start", () -> {
                throw new XAException(code);
            });
            manager.begin();
            assertEquals(
                    "25000", assertThrows(SQLException.class, ds::getConnection).getSQLState());
            assertEquals(0, pool.pool().stats().leased());
            manager.rollback();
            update(ds, "insert into item values (1)");
        }
        assertEquals(2, count());
        assertEquals(2, pool.pool().stats().created()); // the one that failed was replaced, the other was not
    }

    @Test
    void transactionThatCouldNotBeServedMayAskAgain() throws Exception {
        try (PooledDataSource small =
                PooledDataSource.open(config(driver).maxSize(1).acquireTimeout(Duration.ofMillis(100)))) {
            JtaDataSource source = JtaDataSource.of(small, manager);
            manager.begin();
            try (Connection other = small.getConnection()) {
                assertThrows(SQLTransientConnectionException.class, source::getConnection);
                assertFalse(other.isClosed());
            }
            update(source, "insert into item values (1)");
            manager.commit();
            assertEquals(0, small.pool().stats().leased());
        }
        assertEquals(1, count());
    }

    @ParameterizedTest
    @ValueSource(ints = {XAException.XAER_RMFAIL, XAException.XAER_RMERR})
    void connectionWhoseResourceFailedIsNotLentAgain(int code) throws Exception {
        manager.begin();
        String session = session(ds);
        driver.once("commit", () -> {
            throw new XAException(code);
        });
        assertThrows(Exception.class, manager::commit);
        assertNotEquals(session, session(ds));
        assertEquals(2, pool.pool().stats().created());
    }

    @Test
    void timeoutEndsTheHandlesAndReturnsTheConnection() throws Exception {
        manager.setTransactionTimeout(1);
        manager.begin();
        manager.setTransactionTimeout(0);
        Connection connection = ds.getConnection();
        update(connection, "insert into item values (1)");
        await().atMost(Duration.ofSeconds(20)).until(() -> pool.pool().stats().leased() == 0);
        assertTrue(connection.isClosed());
        SQLException refused = assertThrows(SQLException.class, ds::getConnection);
        assertTrue(refused.getMessage().contains("took too long"), refused.getMessage());
        manager.rollback();
        assertEquals(0, count());
        assertEquals(1, pool.pool().stats().created());
    }

    /** The transaction ends, in another thread, while the borrower waits for the first connection. */
    @Test
    void connectionThatComesAfterItsTransactionHasEndedIsReturned() throws Exception {
        Connection one = pool.getConnection();
        Connection two = pool.getConnection();
        manager.begin();
        Transaction transaction = manager.getTransaction();
        ExecutorService reaper = Executors.newSingleThreadExecutor();
        try {
            Future<?> ended = reaper.submit(() -> {
                await().until(() -> pool.pool().stats().waiting() == 1);
                transaction.rollback();
                one.close();
                two.close();
                return null;
            });
            assertEquals(
                    "25000", assertThrows(SQLException.class, ds::getConnection).getSQLState());
            ended.get();
        } finally {
            reaper.shutdown();
        }
        assertEquals(0, pool.pool().stats().leased());
        manager.rollback();
    }

    // ---- wrong inputs, and the rest of a DataSource

    @Test
    void mistakesAreRefused() throws Exception {
        assertThrows(NullPointerException.class, () -> JtaDataSource.of(null, manager));
        assertThrows(NullPointerException.class, () -> JtaDataSource.of(pool, null));
        assertThrows(NullPointerException.class, () -> JtaDataSource.of(pool, manager, null));
        try (PooledDataSource plain =
                PooledDataSource.open(JdbcPoolConfig.of("jdbc:h2:mem:plain").name("plain"))) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> JtaDataSource.of(plain, manager));
            assertTrue(refused.getMessage().contains("'plain' is not over an XADataSource"), refused.getMessage());
        }
    }

    @Test
    void anotherUserIsRefused() throws Exception {
        assertThrows(SQLFeatureNotSupportedException.class, () -> ds.getConnection("ann", "hush"));
        manager.begin();
        SQLException refused =
                assertThrows(SQLFeatureNotSupportedException.class, () -> ds.getConnection("ann", "hush"));
        assertTrue(refused.getMessage().contains("transaction"), refused.getMessage());
        manager.rollback();
    }

    @Test
    void restIsThePools() throws Exception {
        assertSame(ds, ds.unwrap(DataSource.class));
        assertSame(pool, ds.unwrap(PooledDataSource.class));
        assertTrue(ds.isWrapperFor(JtaDataSource.class) && ds.isWrapperFor(PooledDataSource.class));
        assertFalse(ds.isWrapperFor(String.class));
        assertEquals(pool.getLoginTimeout(), ds.getLoginTimeout());
        assertThrows(SQLFeatureNotSupportedException.class, () -> ds.setLoginTimeout(1));
        assertEquals(null, ds.getLogWriter());
        ds.setLogWriter(null);
        assertThrows(SQLFeatureNotSupportedException.class, ds::getParentLogger);
        assertTrue(ds.toString().contains("shop"), ds.toString());
    }

    // ---- recovery

    @Test
    void recoveryHoldsNoConnectionAndTakesPartInNothing() throws Exception {
        XAResource recovery = ds.recovery();
        assertSame(recovery, ds.recovery());
        assertEquals(0, recovery.recover(XAResource.TMSTARTRSCAN).length);
        assertEquals(0, pool.pool().stats().leased());
        int asked = driver.asked().size();
        assertEquals(0, recovery.recover(XAResource.TMENDRSCAN).length);
        assertEquals(asked, driver.asked().size());
        assertTrue(recovery.isSameRM(recovery));
        assertFalse(recovery.isSameRM(JtaDataSource.of(pool, manager).recovery()));
        assertEquals(0, recovery.getTransactionTimeout());
        assertFalse(recovery.setTransactionTimeout(1));
        for (Executable step : List.<Executable>of(
                () -> recovery.start(null, 0), () -> recovery.end(null, 0), () -> recovery.prepare(null))) {
            assertEquals(XAException.XAER_PROTO, assertThrows(XAException.class, step).errorCode);
        }
    }

    @Test
    void recoveryWithoutADatabaseIsToBeTriedAgain() {
        pool.close();
        XAException failed = assertThrows(XAException.class, () -> ds.recovery().recover(XAResource.TMSTARTRSCAN));
        assertEquals(XAException.XAER_RMFAIL, failed.errorCode);
        assertTrue(failed.getCause() instanceof SQLException);
    }

    private int count() throws SQLException {
        return count(ds);
    }

    private static int count(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return count(connection);
        }
    }

    private static int count(Connection connection) throws SQLException {
        return Integer.parseInt(text(connection, "select count(*) from item"));
    }

    private static String session(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return session(connection);
        }
    }

    private static String session(Connection connection) throws SQLException {
        return text(connection, "select session_id()");
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertTrue(result.next());
            return result.getString(1);
        }
    }

    private static void update(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection()) {
            update(connection, sql);
        }
    }

    private static void update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
