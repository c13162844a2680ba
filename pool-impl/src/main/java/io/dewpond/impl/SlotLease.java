package io.dewpond.impl;

import io.dewpond.Lease;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a {@link Slot} in the state <i>leased</i>. All there is to a lease's end is one compare-and-set on the
 * slot's word, from exactly this stay: that makes it end once, and harmless once the object is lent again.
 */
final class SlotLease<T> implements Lease<T> {
    private final Slot<T> slot;
    private final long stay;

    SlotLease(Slot<T> slot, long stay) {
        this.slot = slot;
        this.stay = stay;
    }

    @Override
    public T get() {
        T object = slot.objectIn(stay);
        if (object == null) {
            throw ended();
        }
        return object;
    }

    @Override
    public void close() {
        slot.pool.release(slot, stay);
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        slot.pool.invalidate(slot, requireEnd(), cause);
    }

    @Override
    public T detach() {
        long taken = requireEnd();
        T object = slot.object();
        slot.pool.detach(slot, taken);
        return object;
    }

    /** Ends a lease whose object nobody has seen: the next in the queue gets it. */
    void giveOn() {
        long taken = end();
        if (taken != Slot.LOST) {
            slot.pool.giveOn(slot, taken);
        }
    }

    /** Ends the lease: the caller owns the slot, in maintenance, unless somebody else ended it before. */
    private long end() {
        return slot.pass(stay, State.MAINTENANCE);
    }

    private long requireEnd() {
        long taken = end();
        if (taken == Slot.LOST) {
            throw ended();
        }
        return taken;
    }

    private IllegalStateException ended() {
        return new IllegalStateException(
                "This lease of pool '" + slot.pool.config().name() + "' has ended");
    }

    @Override
    public String toString() {
        return "lease of " + slot.index + (slot.stay() == stay ? "" : " (ended)");
    }
}
