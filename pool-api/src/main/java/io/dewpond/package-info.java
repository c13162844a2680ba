/** The contract of an object pool; implementations live elsewhere. */
@NullMarked
package io.dewpond;

import org.jspecify.annotations.NullMarked;
