package io.dewpond.impl;

/**
 * What ties the leases of a slot to it: each lease holds it strongly until its end, the slot holds it weakly. Once it has
 * been collected no lease that it was given to and that has not ended is in anybody's hands. See {@link Slot}, <i>Lost leases</i>.
 */
final class Tether<T> {
    final Slot<T> slot;

    Tether(Slot<T> slot) {
        this.slot = slot;
    }
}
