package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The schemas in which PostgreSQL looks for a name, of which JDBC knows the first only: to set that again would lose the
 * others.
 *
 * @param text the path as the server writes it
 */
record SearchPath(String text) {
    /**
     * Asks for the path; null if this is no PostgreSQL, or can't tell.
     *
     * @throws SQLException if the connection is lost
     */
    static @Nullable SearchPath of(Connection driver) throws SQLException {
        try {
            return isPostgres(driver) ? ask(driver) : null;
        } catch (SQLException failure) {
            Setting.requireAlive(failure);
            return null;
        } catch (AbstractMethodError | UnsupportedOperationException poor) {
            return null;
        }
    }

    private static @Nullable SearchPath ask(Connection driver) throws SQLException {
        try (Statement statement = driver.createStatement();
                ResultSet path = statement.executeQuery("show search_path")) {
            String text = path.next() ? path.getString(1) : null;
            return text == null ? null : new SearchPath(text);
        }
    }

    private static boolean isPostgres(Connection driver) throws SQLException {
        DatabaseMetaData metaData = driver.getMetaData();
        return metaData != null && "PostgreSQL".equals(metaData.getDatabaseProductName());
    }

    void restore(Connection driver) throws SQLException {
        try (PreparedStatement statement = driver.prepareStatement("select set_config('search_path', ?, false)")) {
            statement.setString(1, text);
            statement.execute();
        }
    }
}
