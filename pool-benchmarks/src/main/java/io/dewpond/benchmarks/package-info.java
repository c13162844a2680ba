/** Programs that put the contestants through one scenario after another: {@link io.dewpond.benchmarks.Bench}. */
@NullMarked
package io.dewpond.benchmarks;

import org.jspecify.annotations.NullMarked;
