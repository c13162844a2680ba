package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures end a connection. */
class ErrorClassifierTest {
    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "40001", "57014", "25P02", "0A000", "22012"})
    @Tag("J30")
    void ordinaryErrorsKeepTheConnection(String state) {
        assertFalse(ErrorClassifier.endsConnection(new SQLException("ordinary", state)));
    }

    @Test
    @Tag("J30")
    void errorsWithoutAStateKeepTheConnection() {
        assertFalse(ErrorClassifier.endsConnection(new SQLException("no state")));
        assertFalse(ErrorClassifier.endsConnection(new SQLSyntaxErrorException("select")));
        assertFalse(ErrorClassifier.endsConnection(new SQLTimeoutException("slow")));
        assertFalse(ErrorClassifier.endsConnection(new SQLException("cause", new IOException())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08003", "08006", "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"})
    void lostConnectionsEnd(String state) {
        assertTrue(ErrorClassifier.endsConnection(new SQLException("lost", state)));
    }

    @Test
    void kindsOfExceptionThatSayItEnd() {
        assertTrue(ErrorClassifier.endsConnection(new SQLNonTransientConnectionException()));
        assertTrue(ErrorClassifier.endsConnection(new SQLRecoverableException()));
        assertTrue(ErrorClassifier.endsConnection(new IllegalStateException()));
        assertTrue(ErrorClassifier.endsConnection(new AssertionError()));
    }

    @Test
    void nextExceptionsAndCausesAreLookedThroughAndCyclesSurvived() {
        BatchUpdateException batch = new BatchUpdateException();
        SQLException ordinary = new SQLException("ordinary", "23505");
        batch.setNextException(ordinary);
        ordinary.setNextException(new SQLException("wrapped", new IOException(new SQLException("lost", "08006"))));
        assertTrue(ErrorClassifier.endsConnection(batch));

        SQLException one = new SQLException("one", "23505");
        SQLException two = new SQLException("two", "23505", one);
        one.initCause(two);
        assertFalse(ErrorClassifier.endsConnection(one));
    }

    @Test
    @Tag("J30")
    void handleKeepsTheConnectionAfterAnOrdinaryErrorAndDiscardsItAfterALostOne() throws SQLException {
        RecordingDriver driver = new RecordingDriver();
        driver.fail("Statement.executeUpdate", new SQLException("duplicate key", "23505"));
        OneLease kept = new OneLease(driver.connection());
        ConnectionHandle connection = kept.handle();
        assertThrows(SQLException.class, () -> connection.createStatement().executeUpdate("insert"));
        connection.close();
        assertTrue(kept.isReleased());

        SQLException lost = new SQLException("lost", "08006");
        driver.fail("Statement.executeUpdate", lost);
        OneLease discarded = new OneLease(driver.connection());
        ConnectionHandle other = discarded.handle();
        assertThrows(SQLException.class, () -> other.createStatement().executeUpdate("insert"));
        other.close();
        assertSame(lost, discarded.invalidatedBy());
    }
}
