/** A program that shows which pool of JDBC connections does what: {@link io.dewpond.benchmarks.conformance.Conformance}. */
@NullMarked
package io.dewpond.benchmarks.conformance;

import org.jspecify.annotations.NullMarked;
