package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
        assertFalse(Judge.STANDARD.ends(new SQLException("ordinary", state)));
    }

    @Test
    @Tag("J30")
    void errorsWithoutAStateKeepTheConnection() {
        assertFalse(Judge.STANDARD.ends(new SQLException("no state")));
        assertFalse(Judge.STANDARD.ends(new SQLSyntaxErrorException("select")));
        assertFalse(Judge.STANDARD.ends(new SQLTimeoutException("slow")));
        assertFalse(Judge.STANDARD.ends(new SQLException("cause", new IOException())));
    }

    @Test
    @Tag("J31")
    void kindsOfExceptionThatSayItEnd() {
        assertTrue(Judge.STANDARD.ends(new SQLNonTransientConnectionException()));
        assertTrue(Judge.STANDARD.ends(new SQLRecoverableException()));
        assertTrue(Judge.STANDARD.ends(new IllegalStateException()));
        assertTrue(Judge.STANDARD.ends(new AssertionError()));
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
