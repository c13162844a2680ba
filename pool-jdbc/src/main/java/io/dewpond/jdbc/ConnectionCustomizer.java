package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Prepares a new connection, once, before anybody borrows it.
 *
 * <p>Called on threads of the pool, several at once up to {@link JdbcPoolConfig#maxConcurrentCreations()}; an
 * implementation must be thread-safe. May block, as part of the connect, up to {@link JdbcPoolConfig#createTimeout()}.
 */
@FunctionalInterface
public interface ConnectionCustomizer {
    /**
     * Prepares a connection. As it is left, so each borrower finds it: the pool asks for its settings afterwards.
     *
     * @param connection the driver's own; not to be closed, and not to be kept
     * @throws SQLException if it can't be prepared: it is closed then, and the connect has failed
     */
    void customize(Connection connection) throws SQLException;
}
