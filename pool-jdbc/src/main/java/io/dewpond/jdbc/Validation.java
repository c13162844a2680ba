package io.dewpond.jdbc;

import io.dewpond.Validator;
import java.sql.SQLException;

/** Asks the driver whether a connection works. */
final class Validation implements Validator<PhysicalConnection> {
    private final int seconds;

    /** Gives the driver that many seconds. */
    Validation(int seconds) {
        this.seconds = seconds;
    }

    @Override
    public boolean isValid(PhysicalConnection connection) throws SQLException {
        return connection.isValid(seconds);
    }
}
