/** A {@code DataSource} whose connections take part in transactions: start at {@link io.dewpond.jta.JtaDataSource}. */
@NullMarked
package io.dewpond.jta;

import org.jspecify.annotations.NullMarked;
