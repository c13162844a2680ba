package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the borrower left open is closed for him. */
class OpenStatementsTest {
    private final RecordingDriver driver = new RecordingDriver();
    private final OneLease lease;
    private final ConnectionHandle connection;

    OpenStatementsTest() throws SQLException {
        lease = new OneLease(driver.connection());
        connection = lease.handle();
    }

    @Test
    @Tag("J7")
    void closeClosesWhatIsOpenTheNewestFirst() throws SQLException {
        Statement statement = connection.createStatement();
        statement.executeQuery("select 1");
        statement.executeQuery("select 2");
        connection.prepareStatement("select 3");
        connection.getMetaData().getTables(null, null, null, null);
        CallableStatement call = connection.prepareCall("call f()");
        driver.answer("CallableStatement.getObject", driver.make(ResultSet.class));
        call.getObject(1);
        connection.createArrayOf("int", new Object[0]).getResultSet();
        driver.forget();

        connection.close();

        assertEquals(
                List.of(
                        "ResultSet.close", // of the array
                        "ResultSet.close", // the cursor
                        "Statement.close", // the call
                        "ResultSet.close", // of the metadata
                        "Statement.close", // the prepared one
                        "ResultSet.close",
                        "ResultSet.close",
                        "Statement.close"),
                driver.calls().stream().filter(c -> c.endsWith(".close")).toList());
        assertTrue(lease.isReleased());
    }

    @Test
    @Tag("J7")
    void closeThatFailsStopsNeitherTheOthersNorTheReturn() throws SQLException {
        driver.fail("Statement.close", new SQLException("broken", "42000"));
        driver.fail("ResultSet.close", new SQLException("broken", "42000"));
        for (int i = 0; i < 3; i++) {
            connection.createStatement().executeQuery("select 1");
        }
        driver.forget();

        connection.close();

        assertEquals(3, driver.calls("Statement.close").size());
        assertEquals(3, driver.calls("ResultSet.close").size());
        assertTrue(lease.isReleased());
    }

    @Test
    @Tag("J7")
    @Tag("J11")
    void closeThatFailsAsNoneMayDiscardsTheConnectionAfterClosingTheOthers() throws SQLException {
        Error bug = new AssertionError("bug");
        driver.fail("Statement.close", bug);
        connection.createStatement();
        connection.createStatement();
        driver.forget();

        connection.close();

        assertEquals(2, driver.calls("Statement.close").size());
        assertSame(bug, lease.invalidatedBy());
        assertFalse(lease.isReleased());
    }

    @Test
    @Tag("J7")
    void lostConnectionIsNotAskedToCloseAnything() throws SQLException {
        connection.createStatement();
        SQLException lost = new SQLException("gone", "08006");
        driver.fail("Connection.nativeSQL", lost);
        try {
            connection.nativeSQL("select 1");
        } catch (SQLException expected) {
            assertSame(lost, expected);
        }
        driver.forget();

        connection.close();

        assertEquals(List.of(), driver.calls());
        assertSame(lost, lease.invalidatedBy());
    }

    @Test
    @Tag("J5")
    void statementThatComesWhileAnotherThreadClosesIsClosedAndNotHandedOut() {
        driver.during("Connection.createStatement", connection::close);
        assertThrows(SQLException.class, connection::createStatement);
        assertEquals(1, driver.calls("Statement.close").size());
        assertEquals(1, lease.ends());
    }

    @Test
    void statementsOfALostConnectionAreForgotten() throws SQLException {
        Statement statement = connection.createStatement();
        connection.abort(Runnable::run);
        driver.forget();
        assertTrue(statement.isClosed());
        statement.close();
        assertEquals(List.of(), driver.calls());
    }

    @Test
    void whatTheBorrowerClosedIsNotClosedAgain() throws SQLException {
        Statement first = connection.createStatement();
        Statement second = connection.createStatement();
        Statement third = connection.createStatement();
        second.executeQuery("select 1").close();
        second.close();
        first.close();
        driver.forget();

        connection.close();

        assertEquals(1, driver.calls("Statement.close").size());
        assertEquals(0, driver.calls("ResultSet.close").size());
        assertTrue(third.isClosed());
    }

    @Test
    @Tag("J12")
    void resultsThatTheDriverClosedLeaveNoTrace() throws SQLException {
        Statement statement = connection.createStatement();
        driver.answer("ResultSet.isClosed", true);
        for (int i = 0; i < 100; i++) {
            statement.executeQuery("select 1"); // closes the last one implicitly
        }
        driver.forget();

        statement.close();

        assertTrue(driver.calls("ResultSet.close").size() <= 1, driver.calls().toString());
    }

    @Test
    @Tag("J12")
    void millionStatementsLeaveNoTrace() throws SQLException {
        Statement kept = connection.createStatement();
        for (int i = 0; i < 1_000_000; i++) {
            driver.forget();
            Statement statement = connection.createStatement();
            statement.close();
        }
        assertNull(((Tracked<?>) kept).older());
        assertTrue(connection.tracked() <= 2);
    }

    @Test
    @Tag("J12")
    void statementsClosedInAnyOrderLeaveNoTraceToSpeakOf() throws SQLException {
        Statement bottom = connection.createStatement();
        Statement last = connection.createStatement();
        for (int i = 0; i < 10_000; i++) {
            driver.forget();
            Statement next = connection.createStatement();
            last.close(); // never the newest, so the next one opened doesn't pass it over
            last = next;
        }
        assertTrue(connection.tracked() < 100, () -> "listed: " + connection.tracked());
        driver.forget();

        connection.close();

        assertEquals(2, driver.calls("Statement.close").size());
        assertTrue(bottom.isClosed());
    }

    /** The other thread's statement comes when this one has looked for what is open, and before the lease ends. */
    @Test
    @Tag("J5")
    @Tag("J7")
    void statementThatComesAfterTheLookForOpenOnesIsClosed() throws SQLException {
        lease.beforeTheEnd(() -> connection.add(new StatementHandle<>(connection, driver.make(Statement.class))));
        connection.close();
        assertEquals(1, driver.calls("Statement.close").size());
        assertTrue(lease.isReleased());
    }

    /** Closing what is open is the task of one of those who close. */
    @Test
    @Tag("J1")
    void closeDuringACloseLeavesTheRestToIt() throws SQLException {
        connection.createStatement();
        connection.createStatement();
        driver.during("Statement.close", () -> {
            connection.close();
            assertEquals(0, lease.ends());
        });
        connection.close();
        assertEquals(2, driver.calls("Statement.close").size());
        assertEquals(1, lease.ends());
    }

    @Test
    @Tag("J7")
    void statementsOfSeveralThreadsAreAllClosed() throws Exception {
        AtomicInteger alive = new AtomicInteger();
        for (int round = 0; round < 500; round++) {
            PhysicalConnection physical = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE);
            ConnectionHandle shared = new OneLease(physical).handle();
            CyclicBarrier start = new CyclicBarrier(3);
            List<CompletableFuture<Void>> users = new ArrayList<>();
            for (int user = 0; user < 2; user++) {
                users.add(CompletableFuture.runAsync(() -> {
                    try {
                        start.await();
                        for (int i = 0; ; i++) {
                            Statement made = shared.wrap(counted(alive));
                            if (i % 3 == 0) {
                                made.close();
                            }
                        }
                    } catch (SQLException closed) {
                        // The connection was, by the third thread.
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            start.await();
            for (int spin = 0; spin < round; spin++) {
                Thread.onSpinWait();
            }
            shared.close();
            users.forEach(CompletableFuture::join);
            assertEquals(0, alive.get(), "in round " + round);
        }
    }

    @Test
    void resultAskedForTwiceIsTheSame() throws SQLException {
        driver.answer("Statement.getResultSet", driver.make(ResultSet.class));
        Statement statement = connection.createStatement();
        ResultSet first = statement.getResultSet();
        assertSame(first, statement.getResultSet());
        first.close();
        assertNotSame(first, statement.getResultSet());
    }

    @Test
    void listPassesOverWhatIsClosed() throws SQLException {
        Tracked<?> one = tracked();
        Tracked<?> two = tracked();
        Tracked<?> three = tracked();
        assertSame(two, three.older());
        three.close();
        two.close();
        Tracked<?> four = tracked();
        assertSame(one, four.older());
        one.close();
        four.close();
        assertNull(tracked().older());
        assertEquals(1, connection.tracked());
    }

    @Test
    void closeOnCompletionClosesTheStatementOnceTheDriverHas() throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        ResultSet first = statement.executeQuery("select 1");
        first.close();
        assertFalse(statement.isClosed());
        ResultSet last = statement.executeQuery("select 1");
        driver.answer("Statement.isClosed", true);
        last.close();
        driver.forget();

        connection.close();

        assertEquals(List.of(), driver.calls("Statement.close"));
    }

    /** A statement of a driver that counts it until it is closed; two rivals may close it, as JDBC allows. */
    private static Statement counted(AtomicInteger alive) {
        alive.incrementAndGet();
        AtomicBoolean open = new AtomicBoolean(true);
        return (Statement) Proxy.newProxyInstance(
                OpenStatementsTest.class.getClassLoader(),
                new Class<?>[] {Statement.class},
                (proxy, method, arguments) -> {
                    assertEquals("close", method.getName());
                    if (open.compareAndSet(true, false)) {
                        alive.decrementAndGet();
                    }
                    return null;
                });
    }

    private Tracked<?> tracked() throws SQLException {
        return (Tracked<?>) connection.createStatement();
    }
}
