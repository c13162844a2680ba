/** The engine that keeps the contract of {@link io.dewpond}. */
@NullMarked
package io.dewpond.impl;

import org.jspecify.annotations.NullMarked;
