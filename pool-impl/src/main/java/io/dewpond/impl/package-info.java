/** The engine of the pools. */
@NullMarked
package io.dewpond.impl;

import org.jspecify.annotations.NullMarked;
