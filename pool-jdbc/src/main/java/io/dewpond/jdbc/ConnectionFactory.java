package io.dewpond.jdbc;

import java.sql.Connection;

/**
 * Connects to a database: the way to pool connections that come neither from a URL nor from a {@code DataSource}.
 *
 * <p>Called on threads of the pool, several at once up to {@link JdbcPoolConfig#maxConcurrentCreations()}; an
 * implementation must be thread-safe. May block, up to {@link JdbcPoolConfig#createTimeout()}: then the thread is
 * interrupted, and the connection closed if it comes after all.
 */
@FunctionalInterface
public interface ConnectionFactory {
    /**
     * Connects.
     *
     * @return a connection that nobody else uses, not null; it is the pool's to close from now on
     * @throws Exception if there can be none now; borrowers learn of it when their timeouts pass, and the pool tries
     *     again after a growing delay
     */
    Connection connect() throws Exception;
}
