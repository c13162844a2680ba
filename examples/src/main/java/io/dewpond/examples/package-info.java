/** Programs to run, a page each; README and guide quote them. */
@NullMarked
package io.dewpond.examples;

import org.jspecify.annotations.NullMarked;
