package io.dewpond.impl;

/**
 * What is noted about the object of a {@link Slot} in those pools that ask for it. Apart from the slot, whose fields share
 * few lines of the cache on the way in and out. Written by the slot's owner; an onlooker reads it as it reads the slot's own
 * fields, and looks at the word afterwards.
 */
final class Ledger {
    /** How long the object was lent, in all leases that have been {@link Slot#settleLease settled}. */
    long lentNanos;
    /** Its place in the {@link Sequence} of releases. */
    long rank;
    /** How many leases of the place have been settled. */
    long settledLeases;
}
