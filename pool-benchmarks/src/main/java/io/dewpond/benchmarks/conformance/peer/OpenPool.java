package io.dewpond.benchmarks.conformance.peer;

import javax.sql.DataSource;

/**
 * A pool in use.
 *
 * @param closing how this kind is closed
 */
public record OpenPool(DataSource dataSource, AutoCloseable closing) implements AutoCloseable {
    @Override
    public void close() throws Exception {
        closing.close();
    }
}
