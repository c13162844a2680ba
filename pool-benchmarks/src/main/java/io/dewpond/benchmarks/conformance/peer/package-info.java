/** Each pool in its safest configuration: {@link io.dewpond.benchmarks.conformance.peer.Peers}. */
@NullMarked
package io.dewpond.benchmarks.conformance.peer;

import org.jspecify.annotations.NullMarked;
