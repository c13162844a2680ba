/** The pools in the race, a class each, and the check that each does its real work. */
@NullMarked
package io.dewpond.benchmarks.contestant;

import org.jspecify.annotations.NullMarked;
