package io.dewpond.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/** A statement whose executions are timed; a batch goes by the name of what was added last. */
final class TimedStatement extends StatementDecorator<Statement> {
    TimedStatement(Statement driver, Watch watch) {
        super(driver, watch, null);
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        super.addBatch(sql);
        name(sql);
    }
}
