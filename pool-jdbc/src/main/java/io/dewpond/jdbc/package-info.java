/** Pooled database connections behind a {@link javax.sql.DataSource}. */
@NullMarked
package io.dewpond.jdbc;

import org.jspecify.annotations.NullMarked;
