package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the driver is asked, and what not, between two borrowers. */
class SessionTest {
    private static final Validation VALIDATION = new Validation(Duration.ofSeconds(1), null, Judge.STANDARD);

    private final RecordingDriver driver = new RecordingDriver();
    private OneLease lease;
    private ConnectionHandle connection;

    SessionTest() throws SQLException {
        connect();
    }

    private void connect() throws SQLException {
        lease = new OneLease(driver.connection());
        connection = lease.handle();
        driver.forget();
    }

    // ---- transactions

    @Test
    @Tag("J20")
    void openTransactionIsRolledBackBeforeAnythingThatCouldCommit() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().close();
        driver.forget();
        connection.close();
        assertEquals(
                List.of("Connection.rollback", "Connection.setAutoCommit[true]", "Connection.clearWarnings"),
                driver.calls());
    }

    @Test
    @Tag("J20")
    void readOnlyTransactionIsRolledBackToo() throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        connection.createStatement().close();
        driver.forget();
        connection.close();
        assertEquals("Connection.rollback", driver.calls().get(0));
    }

    @Test
    @Tag("J20")
    void queryOfTheMetadataMayOpenATransaction() throws SQLException {
        connection.setAutoCommit(false);
        connection.getMetaData().getTables(null, null, null, null).close();
        connection.close();
        assertEquals(1, driver.calls("Connection.rollback").size());
    }

    @Test
    @Tag("J20")
    void workAfterACommitIsRolledBack() throws SQLException {
        connection.setAutoCommit(false);
        var statement = connection.createStatement();
        statement.execute("insert");
        connection.commit();
        statement.execute("insert");
        connection.close();
        assertEquals(1, driver.calls("Connection.rollback").size());
    }

    @Test
    @Tag("J20")
    void commitThatFailedLeavesATransactionToRollBack() throws SQLException {
        connection.setAutoCommit(false);
        driver.fail("Connection.commit", new SQLException("deferred constraint", "23503"));
        assertThrows(SQLException.class, connection::commit);
        connection.close();
        assertEquals(1, driver.calls("Connection.rollback").size());
    }

    @Test
    @Tag("J23")
    void nothingIsRolledBackAfterTheBorrowersOwnCommitOrRollback() throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("insert");
            connection.commit();
        }
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setAutoCommit[true]", "Connection.clearWarnings"), driver.calls());
        connection = new OneLease(lease.physical()).handle();
        connection.setAutoCommit(false);
        connection.createStatement().close();
        connection.rollback();
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setAutoCommit[true]", "Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J23")
    void autoCommitTurnedOffAndOnAgainLeavesNothingToDo() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().close();
        connection.setAutoCommit(true);
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J20")
    void failureInTheMiddleOfSwitchingAutoCommitIsTakenForAnOpenTransaction() throws SQLException {
        driver.fail("Connection.setAutoCommit", new SQLException("too slow", "57014"));
        assertThrows(SQLException.class, () -> connection.setAutoCommit(false));
        driver.fail("Connection.setAutoCommit", null);
        driver.forget();
        connection.close();
        assertEquals("Connection.rollback", driver.calls().get(0));
        assertTrue(driver.calls().contains("Connection.setAutoCommit[true]"));
    }

    @Test
    @Tag("J20")
    void whoeverHeldTheDriversConnectionMayHaveOpenedATransactionInSecret() throws SQLException {
        connection.unwrap(driver.connection().getClass());
        driver.answer("Connection.getAutoCommit", false);
        driver.forget();
        connection.close();
        assertEquals(
                List.of(
                        "Connection.getAutoCommit",
                        "Connection.rollback",
                        "Connection.setAutoCommit[true]",
                        "Connection.clearWarnings"),
                driver.calls());
    }

    @Test
    @Tag("J21")
    void physicalCloseRollsBackFirst() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().close();
        driver.forget();
        lease.physical().close();
        assertEquals(List.of("Connection.rollback", "Connection.close"), driver.calls());
    }

    @Test
    @Tag("J21")
    void rollbackThatFailsDoesNotSaveTheConnection() throws SQLException {
        connection.setAutoCommit(false);
        driver.fail("Connection.rollback", new IllegalStateException("bug"));
        driver.forget();
        lease.physical().close();
        assertEquals(List.of("Connection.rollback", "Connection.close"), driver.calls());
    }

    @Test
    @Tag("J21")
    void physicalCloseInAutoCommitHasNothingToRollBack() throws SQLException {
        lease.physical().close();
        assertEquals(List.of("Connection.close"), driver.calls());
    }

    // ---- settings

    @Test
    @Tag("J22")
    void everySettingIsWhatTheDriverSaidAtConnect() throws SQLException {
        changeEverything();
        driver.forget();
        connection.close();
        assertEquals(
                List.of(
                        "Connection.setReadOnly[false]",
                        "Connection.setTransactionIsolation[2]",
                        "Connection.setCatalog[catalog at connect]",
                        "Connection.setSchema[schema at connect]",
                        "Connection.setHoldability[1]",
                        "Connection.setTypeMap[{}]",
                        "Connection.setClientInfo[ApplicationName, null]",
                        "Connection.clearWarnings"),
                driver.calls().stream()
                        .filter(call -> !call.startsWith("Connection.setNetworkTimeout"))
                        .toList());
        List<String> timeouts = driver.calls("Connection.setNetworkTimeout");
        assertEquals(1, timeouts.size());
        assertTrue(timeouts.get(0).endsWith(", 0]"), timeouts.toString());
        assertTrue(lease.isReleased());
    }

    @Test
    @Tag("J22")
    void clientInfoGoesBackNameByName() throws SQLException {
        Properties atConnect = new Properties();
        atConnect.setProperty("ApplicationName", "driver");
        driver.answer("Connection.getClientInfo", atConnect);
        connect();
        Properties own = new Properties();
        own.setProperty("ClientUser", "ann");
        connection.setClientInfo(own);
        atConnect.setProperty("ApplicationName", "changed in the driver's own map");
        driver.forget();
        connection.close();
        List<String> calls = driver.calls("Connection.setClientInfo");
        assertEquals(2, calls.size());
        assertTrue(calls.contains("Connection.setClientInfo[ApplicationName, driver]"), calls.toString());
        assertTrue(calls.contains("Connection.setClientInfo[ClientUser, null]"), calls.toString());
    }

    @Test
    @Tag("J22")
    void clientInfoThatTheDriverTookInPartGoesBackToo() throws SQLException {
        Properties own = new Properties();
        own.setProperty("ClientUser", "ann");
        driver.fail("Connection.setClientInfo", new SQLClientInfoException());
        assertThrows(SQLClientInfoException.class, () -> connection.setClientInfo(own));
        assertThrows(SQLClientInfoException.class, () -> connection.setClientInfo("Other", "x"));
        driver.fail("Connection.setClientInfo", null);
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setClientInfo[ClientUser, null]"), driver.calls("Connection.setClientInfo"));
    }

    @Test
    @Tag("J22")
    void clientInfoAloneGoesBackWithItsWarnings() throws SQLException {
        connection.setClientInfo("NoSuchName", "leaves a warning");
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setClientInfo[NoSuchName, null]", "Connection.clearWarnings"), driver.calls());
        connection = new OneLease(lease.physical()).handle();
        connection.setSchema("another");
        driver.forget();
        connection.close();
        assertEquals(List.of(), driver.calls("Connection.setClientInfo"));
    }

    @Test
    @Tag("J22")
    void typeMapOfTheDriverIsRestored() throws SQLException {
        driver.answer("Connection.getTypeMap", Map.of("box", Integer.class));
        connect();
        assertEquals(Map.of("box", Integer.class), connection.getTypeMap());
        connection.setTypeMap(Map.of());
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setTypeMap[{box=class java.lang.Integer}]"), driver.calls("Connection.setT"));
    }

    @Test
    @Tag("J23")
    void borrowThatDoesNothingCostsNoCall() {
        connection.close();
        assertEquals(List.of(), driver.calls());
        assertTrue(lease.isReleased());
    }

    @Test
    @Tag("J23")
    void borrowThatChangesNothingOnlyClearsTheWarnings() throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("select 1")) {
            result.next();
        }
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J23")
    void onlyWhatChangedIsRestored() throws SQLException {
        connection.setSchema("another");
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setSchema[schema at connect]", "Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J23")
    void whatWasChangedBackIsNotRestoredAlsoWithoutAutoCommit() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        connect();
        connection.setReadOnly(true);
        connection.setReadOnly(false);
        connection.rollback();
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J20")
    void settingAutoCommitToWhatItWasEndsNoTransaction() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().close();
        connection.setAutoCommit(false);
        driver.forget();
        connection.close();
        assertEquals("Connection.rollback", driver.calls().get(0));
    }

    @Test
    @Tag("J23")
    void whatIsRestoredIsNotRestoredAgain() throws SQLException {
        changeEverything();
        connection.setAutoCommit(false);
        connection.close();
        connection = new OneLease(lease.physical()).handle();
        driver.forget();
        connection.close();
        assertEquals(List.of(), driver.calls());
    }

    @Test
    @Tag("J23")
    void readingIsAnsweredFromTheRecord() throws SQLException {
        assertTrue(connection.getAutoCommit());
        assertFalse(connection.isReadOnly());
        assertEquals(Connection.TRANSACTION_READ_COMMITTED, connection.getTransactionIsolation());
        assertEquals(1, connection.getHoldability());
        assertEquals(0, connection.getNetworkTimeout());
        assertEquals(Map.of(), connection.getTypeMap());
        assertEquals(List.of(), driver.calls());

        changeEverything();
        connection.setAutoCommit(false);
        driver.forget();

        assertFalse(connection.getAutoCommit());
        assertTrue(connection.isReadOnly());
        assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
        assertEquals(2, connection.getHoldability());
        assertEquals(1000, connection.getNetworkTimeout());
        assertEquals(Map.of("point", String.class), connection.getTypeMap());
        assertEquals("another", connection.getCatalog());
        assertEquals("another", connection.getSchema());
        assertEquals(List.of(), driver.calls());
    }

    @Test
    void catalogAndSchemaAreTheDriversToTellUntilSetHere() throws SQLException {
        driver.answer("Connection.getSchema", "set by the text of a statement");
        assertEquals("set by the text of a statement", connection.getSchema());
        assertEquals("catalog at connect", connection.getCatalog());
        connection.setSchema("schema at connect");
        assertEquals("schema at connect", connection.getSchema());
    }

    @Test
    void typeMapOfTheDriverIsNotTheBorrowersToWriteTo() throws SQLException {
        Map<String, Class<?>> map = connection.getTypeMap();
        map.put("point", String.class);
        assertEquals(Map.of(), connection.getTypeMap());
        assertNotSame(map, connection.getTypeMap());
    }

    @Test
    @Tag("J24")
    void restoringOpensNoTransactionWhenAutoCommitIsOffAtConnect() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        connect();
        connection.setSchema("another");
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        driver.forget();
        connection.close();
        assertEquals(
                List.of(
                        "Connection.rollback",
                        "Connection.setAutoCommit[true]",
                        "Connection.setTransactionIsolation[2]",
                        "Connection.setSchema[schema at connect]",
                        "Connection.setAutoCommit[false]",
                        "Connection.clearWarnings"),
                driver.calls());
    }

    @Test
    @Tag("J24")
    void recordingAtConnectLeavesNoTransaction() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        driver.forget();
        new OneLease(driver.connection());
        assertEquals("Connection.rollback", driver.calls().get(driver.calls().size() - 1));
    }

    @Test
    @Tag("J24")
    void validationLeavesNoTransaction() throws SQLException {
        assertTrue(VALIDATION.isValid(lease.physical()));
        assertEquals(List.of("Connection.isValid[1]"), validation());
        driver.answer("Connection.getAutoCommit", false);
        connect();
        assertTrue(VALIDATION.isValid(lease.physical()));
        assertEquals(List.of("Connection.isValid[1]", "Connection.rollback"), validation());
        driver.answer("Connection.isValid", false);
        driver.forget();
        assertFalse(VALIDATION.isValid(lease.physical()));
        assertEquals(List.of("Connection.isValid[1]"), validation());
    }

    /** What was called but for the network timeout, which bounds it: see ValidationTest. */
    private List<String> validation() {
        return driver.calls().stream()
                .filter(call -> !call.startsWith("Connection.setNetworkTimeout"))
                .toList();
    }

    @Test
    @Tag("J24")
    void configuredDefaultsAreSetOutsideOfATransactionAndAreWhatIsRestored() throws SQLException {
        SessionDefaults defaults =
                new SessionDefaults(false, Connection.TRANSACTION_SERIALIZABLE, true, "catalog", "schema");
        driver.forget();
        lease = new OneLease(PhysicalConnection.over(driver.connection(), defaults));
        assertEquals(
                List.of(
                        "Connection.setCatalog[catalog]",
                        "Connection.setSchema[schema]",
                        "Connection.setReadOnly[true]",
                        "Connection.setTransactionIsolation[8]",
                        "Connection.setAutoCommit[false]"),
                driver.calls("Connection.set"));
        connection = lease.handle();
        assertFalse(connection.getAutoCommit());
        connection.setSchema("another");
        connection.setAutoCommit(true);
        driver.forget();
        connection.close();
        assertEquals(
                List.of("Connection.setSchema[schema]", "Connection.setAutoCommit[false]", "Connection.clearWarnings"),
                driver.calls());
    }

    @Test
    @Tag("J24")
    void defaultsAreSetInAutoCommitAlsoWhereTheDriverStartsWithoutIt() throws SQLException {
        driver.answer("Connection.getAutoCommit", false);
        driver.forget();
        PhysicalConnection.over(driver.connection(), SessionDefaults.NONE.schema("schema"));
        List<String> calls = driver.calls();
        assertEquals(
                List.of(
                        "Connection.rollback",
                        "Connection.setAutoCommit[true]",
                        "Connection.setSchema[schema]",
                        "Connection.setAutoCommit[false]",
                        "Connection.clearWarnings"),
                calls.subList(calls.indexOf("Connection.rollback"), calls.size()));
    }

    // ---- failures

    @Test
    @Tag("J26")
    void restoreThatFailsDiscardsTheConnectionAndCloseReturnsNormally() throws SQLException {
        SQLException broken = new SQLException("no", "42000");
        connection.setSchema("another");
        driver.fail("Connection.setSchema", broken);
        connection.close();
        assertFalse(lease.isReleased());
        assertSame(broken, lease.resetFailure());
    }

    @Test
    @Tag("J26")
    void rollbackThatFailsDiscardsTheConnectionAndCloseReturnsNormally() throws SQLException {
        connection.setAutoCommit(false);
        connection.createStatement().close();
        driver.fail("Connection.rollback", new IllegalStateException("bug"));
        connection.close();
        assertFalse(lease.isReleased());
        assertNotNull(lease.resetFailure());
    }

    @Test
    @Tag("J22")
    void settingThatTheDriverCouldNotTellAtConnectCanNotBeRestored() throws SQLException {
        for (Throwable unable : List.of(
                new SQLFeatureNotSupportedException(),
                new AbstractMethodError(),
                new UnsupportedOperationException())) {
            driver.fail("Connection.getSchema", unable);
            connect();
            assertThrows(unable.getClass(), connection::getSchema);
            driver.fail("Connection.getSchema", null);
            connect();
        }
        driver.fail("Connection.getSchema", new SQLFeatureNotSupportedException());
        connect();
        connection.setSchema("another");
        assertEquals("another", connection.getSchema());
        connection.close();
        assertFalse(lease.isReleased());
        assertTrue(lease.resetFailure().getMessage().contains("schema"));
    }

    @Test
    @Tag("J22")
    void settingThatFailedHalfwayIsRestored() throws SQLException {
        driver.fail("Connection.setSchema", new SQLException("too slow", "57014"));
        assertThrows(SQLException.class, () -> connection.setSchema("another"));
        driver.fail("Connection.setSchema", null);
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.setSchema[schema at connect]"), driver.calls("Connection.setSchema"));
    }

    @Test
    @Tag("J22")
    void settingThatTheDriverHasNotGotIsNotRestored() throws SQLException {
        driver.fail("Connection.setNetworkTimeout", new SQLFeatureNotSupportedException());
        assertThrows(SQLFeatureNotSupportedException.class, () -> connection.setNetworkTimeout(Runnable::run, 1000));
        connection.close();
        assertTrue(lease.isReleased());
    }

    @Test
    @Tag("J22")
    void shardingKeyHasNoWayBack() throws SQLException {
        driver.answer("Connection.setShardingKeyIfValid", true);
        for (RealDatabaseContract.Attempt attempt : List.<RealDatabaseContract.Attempt>of(
                () -> connection.setShardingKey(null),
                () -> connection.setShardingKey(null, null),
                () -> assertTrue(connection.setShardingKeyIfValid(null, 1)),
                () -> assertTrue(connection.setShardingKeyIfValid(null, null, 1)))) {
            connect();
            attempt.make();
            connection.close();
            assertFalse(lease.isReleased());
        }
        driver.answer("Connection.setShardingKeyIfValid", false);
        connect();
        assertFalse(connection.setShardingKeyIfValid(null, 1));
        assertFalse(connection.setShardingKeyIfValid(null, null, 1));
    }

    @Test
    void connectionLostWhileItIsTakenOverIsClosedAndReported() throws SQLException {
        SQLException lost = new SQLException("gone", "08006");
        driver.fail("Connection.getSchema", lost);
        driver.forget();
        assertSame(
                lost,
                assertThrows(
                        SQLException.class, () -> PhysicalConnection.over(driver.connection(), SessionDefaults.NONE)));
        assertEquals(1, driver.calls("Connection.close").size());
        SQLException closing = new SQLException("can't close either", "08003");
        driver.fail("Connection.close", closing);
        assertThrows(SQLException.class, () -> PhysicalConnection.over(driver.connection(), SessionDefaults.NONE));
        assertSame(closing, lost.getSuppressed()[0]);
    }

    @Test
    @Tag("J22")
    void schemaIsRestoredWhereTheDriverCanNotTellASearchPath() throws SQLException {
        driver.answer("DatabaseMetaData.getDatabaseProductName", "PostgreSQL");
        for (String question : List.of(
                "Connection.getMetaData", "DatabaseMetaData.getDatabaseProductName", "Statement.executeQuery")) {
            for (Throwable unable : List.of(new SQLException("no", "42704"), new UnsupportedOperationException())) {
                driver.fail(question, unable);
                connect();
                connection.setSchema("another");
                driver.forget();
                connection.close();
                assertEquals(
                        List.of("Connection.setSchema[schema at connect]"),
                        driver.calls("Connection.setSchema"),
                        question);
            }
            driver.fail(question, null);
        }
    }

    private void changeEverything() throws SQLException {
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setCatalog("another");
        connection.setSchema("another");
        connection.setHoldability(2);
        connection.setNetworkTimeout(Runnable::run, 1000);
        connection.setTypeMap(Map.of("point", String.class));
        connection.setClientInfo("ApplicationName", "test");
    }

    @Test
    @Tag("J22")
    void connectionThatDiffersFromItsSiblingsIsRestoredToItsOwn() throws SQLException {
        Baseline siblings = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE)
                .session()
                .baseline();
        PhysicalConnection alike = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE, siblings);
        assertSame(siblings, alike.session().baseline());
        driver.answer("Connection.getSchema", "another");
        ConnectionHandle other =
                new OneLease(PhysicalConnection.over(driver.connection(), SessionDefaults.NONE, siblings)).handle();
        other.setSchema("borrower's");
        driver.forget();

        other.close();

        assertEquals(List.of("Connection.setSchema[another]"), driver.calls("Connection.setSchema"));
    }

    @Test
    @Tag("J20")
    void markThatComesAfterTheCleanUpHasTheNextOneLook() throws SQLException {
        Session session = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE)
                .session();
        assertFalse(session.isTouched());
        session.useAgain(); // by a thread that had found the handle open before another closed it
        assertTrue(session.isTouched());
    }

    @Test
    @Tag("J22")
    void clientInfoIsForgottenByADriverThatTakesNoNull() throws SQLException {
        Properties drivers = new Properties();
        driver.answer("Connection.getClientInfo", drivers);
        connect();
        connection.setClientInfo("ApplicationName", "test");
        drivers.setProperty("ApplicationName", "test");
        connection.getClientInfo().clear(); // a copy
        assertEquals(1, drivers.size());
        driver.fail("Connection.setClientInfo", new NullPointerException("as MariaDB's throws"));

        connection.close();

        assertEquals(0, drivers.size());
    }

    @Test
    @Tag("J22")
    void schemaThatTheDriverIgnoresIsNeitherRecordedNorRestored() throws SQLException {
        driver.answer("Connection.getSchema", null);
        connect();
        connection.setSchema("another");
        assertNull(connection.getSchema());
        driver.forget();
        connection.close();
        assertEquals(List.of("Connection.clearWarnings"), driver.calls());
    }

    @Test
    @Tag("J22")
    void catalogThatCanNotBeTakenBackEndsTheConnection() throws SQLException {
        driver.answer("Connection.getCatalog", null);
        PhysicalConnection physical = PhysicalConnection.over(driver.connection(), SessionDefaults.NONE);
        ConnectionHandle handle = new OneLease(physical).handle();
        driver.during("Connection.setCatalog", () -> driver.answer("Connection.getCatalog", "kept"));
        handle.setCatalog("kept");
        assertEquals("kept", handle.getCatalog());
        assertThrows(SQLException.class, physical::reset);
        driver.answer("Connection.getCatalog", null);
        physical.reset();
    }
}
