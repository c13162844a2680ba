package io.dewpond.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Prepares a connection before anybody borrows it: a new one as {@link JdbcPoolConfig#connectionCustomizer()}, once, and one
 * that has been used as {@link JdbcPoolConfig#connectionReset()}.
 *
 * <p>An implementation must be thread-safe. New connections are prepared on threads of the pool, several at once up to {@link
 * JdbcPoolConfig#maxConcurrentCreations()}, and it may block as part of the connect, up to {@link
 * JdbcPoolConfig#createTimeout()}. Used ones are reset in the thread that closes them, which waits.
 */
@FunctionalInterface
public interface ConnectionCustomizer {
    /**
     * Prepares a connection. As a new one is left, so each borrower finds it: the pool asks for its settings afterwards.
     *
     * @param connection the driver's own; not to be closed, and not to be kept
     * @throws SQLException if it can't be prepared: it is closed then. If it was new, the connect has failed
     */
    void customize(Connection connection) throws SQLException;
}
