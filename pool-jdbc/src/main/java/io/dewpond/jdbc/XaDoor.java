package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects by a driver's {@code XADataSource}.
 *
 * @param user null leaves it to the source, as does the password then
 */
record XaDoor(
        XADataSource source,
        @Nullable String user,
        @Nullable String password) implements Door {
    @Override
    public Connection enter(@Nullable Credentials as) throws SQLException {
        XAConnection opened = open(as);
        if (opened == null) {
            throw new SQLException(source.getClass().getName() + " returned null", "08001");
        }
        return XaConnection.over(opened);
    }

    private XAConnection open(@Nullable Credentials as) throws SQLException {
        if (as != null) {
            return source.getXAConnection(as.user(), as.password());
        }
        return user == null ? source.getXAConnection() : source.getXAConnection(user, password);
    }

    /** Tells no password. */
    @Override
    public String toString() {
        return "XaDoor[" + source.getClass().getName() + "]";
    }
}
