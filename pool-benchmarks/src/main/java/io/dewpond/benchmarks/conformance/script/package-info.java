/** A database that does what a case tells it to, and remembers what it was asked: {@link io.dewpond.benchmarks.conformance.script.Database}. */
@NullMarked
package io.dewpond.benchmarks.conformance.script;

import org.jspecify.annotations.NullMarked;
