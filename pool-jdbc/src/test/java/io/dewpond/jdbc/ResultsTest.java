package io.dewpond.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The less usual ways by which results come, and how they end. */
class ResultsTest {
    private final RecordingDriver driver = new RecordingDriver();
    private final ConnectionHandle connection;

    ResultsTest() throws SQLException {
        connection = new OneLease(driver.connection()).handle();
    }

    @Test
    @Tag("J8")
    void resultsThatAreKeptWhileTheNextIsReadAllLeadToTheirStatementAndEndWithIt() throws SQLException {
        Statement statement = connection.createStatement();
        statement.execute("select 1; select 2; select 3");
        driver.answer("Statement.getMoreResults", true);
        ResultSet first = statement.getResultSet();
        assertTrue(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
        ResultSet second = statement.getResultSet();
        assertTrue(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT));
        ResultSet third = statement.getResultSet();
        assertNotSame(first, second);
        for (ResultSet result : new ResultSet[] {first, second, third}) {
            assertFalse(result.isClosed());
            assertSame(statement, result.getStatement());
        }
        driver.forget();

        statement.close();

        assertEquals(3, driver.calls("ResultSet.close").size());
        for (ResultSet result : new ResultSet[] {first, second, third}) {
            assertTrue(result.isClosed());
            assertThrows(SQLException.class, result::next);
        }
    }

    @Test
    @Tag("J8")
    void whichResultsToKeepIsTheDriversToDecide() throws SQLException {
        Statement statement = connection.createStatement();
        for (int current :
                new int[] {Statement.CLOSE_CURRENT_RESULT, Statement.KEEP_CURRENT_RESULT, Statement.CLOSE_ALL_RESULTS
                }) {
            statement.getMoreResults(current);
            assertEquals(
                    "Statement.getMoreResults[" + current + "]",
                    driver.lastCall().toString());
        }
    }

    @Test
    @Tag("J8")
    void generatedKeysLeadToTheirStatementAndEndWithIt() throws SQLException {
        for (Statement statement : new Statement[] {
            connection.createStatement(), connection.prepareStatement("insert", Statement.RETURN_GENERATED_KEYS)
        }) {
            ResultSet keys = statement.getGeneratedKeys();
            assertInstanceOf(ResultSetHandle.class, keys);
            assertSame(statement, keys.getStatement());
            driver.forget();
            statement.close();
            assertEquals(1, driver.calls("ResultSet.close").size());
            assertTrue(keys.isClosed());
        }
    }

    @Test
    @Tag("J8")
    void cursorThatIsTheLastResultCompletesTheStatement() throws SQLException {
        driver.answer("CallableStatement.getObject", driver.make(ResultSet.class));
        CallableStatement call = connection.prepareCall("{? = call cursor()}");
        call.closeOnCompletion();
        ResultSet cursor = call.getObject(1, ResultSet.class);
        ResultSet byName = (ResultSet) call.getObject("result");
        byName.close();
        assertFalse(call.isClosed());
        driver.answer("Statement.isClosed", true); // the last one: the driver closes what depends on it

        cursor.close();

        assertTrue(call.isClosed());
        assertThrows(SQLException.class, call::execute);
        assertFalse(connection.hasOpen());
    }

    @Test
    @Tag("J8")
    void statementIsNotCompletedByAResultWithoutThatWish() throws SQLException {
        Statement statement = connection.createStatement();
        statement.executeQuery("select 1").close();
        driver.forget();
        assertFalse(statement.isCloseOnCompletion());
        statement.executeQuery("select 1").close();
        assertEquals(0, driver.calls("Statement.close").size());
    }

    @Test
    @Tag("J8")
    void cursorGivenBackIsTheDriversOwn() throws SQLException {
        driver.answer("CallableStatement.getObject", driver.make(ResultSet.class));
        ResultSet cursor = (ResultSet) connection.prepareCall("call f()").getObject(1);
        PreparedStatement statement = connection.prepareStatement("call g(?)");

        statement.setObject(1, cursor);
        assertFalse(driver.lastCall().arguments().get(1) instanceof ResultSetHandle);
        connection.createStruct("rows", new Object[] {cursor, "text"});
        assertFalse(((Object[]) driver.lastCall().arguments().get(1))[0] instanceof ResultSetHandle);
    }

    @Test
    @Tag("J8")
    void resultsOfAnArrayEndWithTheConnection() throws SQLException {
        Array array = connection.createArrayOf("int", new Object[] {1});
        ResultSet elements = array.getResultSet();
        ResultSet some = array.getResultSet(1, 1);
        elements.close();
        driver.forget();

        connection.close();

        assertEquals(1, driver.calls("ResultSet.close").size());
        assertTrue(some.isClosed());
        assertThrows(SQLException.class, array::getResultSet);
    }

    @Test
    @Tag("J8")
    void arrayInsideACursorInsideACursorIsWrapped() throws SQLException {
        driver.answer("CallableStatement.getObject", driver.make(ResultSet.class));
        driver.answer("ResultSet.getObject", driver.make(ResultSet.class));
        ResultSet outer = (ResultSet) connection.prepareCall("call f()").getObject(1);
        ResultSet inner = (ResultSet) outer.getObject("cursor");
        driver.answer("ResultSet.getArray", driver.make(Array.class));
        assertInstanceOf(ArrayHandle.class, inner.getArray(1));
        outer.close();
        driver.forget();
        connection.close();
        assertEquals(1, driver.calls("ResultSet.close").size());
        assertThrows(SQLException.class, inner::next);
    }
}
