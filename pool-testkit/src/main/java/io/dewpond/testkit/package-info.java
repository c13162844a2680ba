/** What proves a pool, a factory or a policy. */
@NullMarked
package io.dewpond.testkit;

import org.jspecify.annotations.NullMarked;
