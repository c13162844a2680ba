package io.dewpond.jdbc;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Where a pool connects to, whoever it connects as. Calls what is foreign. */
@FunctionalInterface
interface Door {
    /**
     * Connects.
     *
     * @param as null if nobody was named
     * @throws Exception what the driver throws
     */
    Connection enter(@Nullable Credentials as) throws Exception;
}
