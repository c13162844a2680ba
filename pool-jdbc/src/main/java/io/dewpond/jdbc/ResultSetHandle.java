package io.dewpond.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result set as its borrower sees it. */
final class ResultSetHandle extends ForwardingResultSet {
    private final @Nullable StatementHandle<?> statement;
    private final boolean ownedByStatement;

    ResultSetHandle(
            ConnectionHandle connection,
            ResultSet driver,
            @Nullable StatementHandle<?> statement,
            boolean ownedByStatement) {
        super(connection, driver);
        this.statement = statement;
        this.ownedByStatement = ownedByStatement;
    }

    @Override
    void leave() {
        if (ownedByStatement && statement != null) {
            statement.forget(this);
        } else {
            super.leave();
        }
    }

    @Override
    @Nullable
    StatementHandle<?> statement() {
        return statement;
    }

    /** Returns the statement's handle; null, as JDBC has it, if none of the borrower's statements made this result. */
    @Override
    public @Nullable Statement getStatement() throws SQLException {
        delegate();
        return statement;
    }

    @Override
    void closeDriver(ResultSet driver) throws SQLException {
        driver.close();
    }

    @Override
    void afterClose() throws SQLException {
        if (statement != null) {
            statement.resultClosed();
        }
    }

    @Override
    boolean isDriverClosed(ResultSet driver) throws SQLException {
        return driver.isClosed();
    }
}
