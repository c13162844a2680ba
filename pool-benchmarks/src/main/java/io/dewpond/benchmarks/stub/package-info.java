/** Objects and a JDBC driver that cost next to nothing, so that what is measured is the pool. */
@NullMarked
package io.dewpond.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
