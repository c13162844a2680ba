package io.dewpond.impl;

import io.dewpond.Lease;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a {@link Slot} in the state <i>leased</i>. All there is to a lease's end is one compare-and-set on the
 * slot's word, from exactly this stay: that makes it end once, and harmless once the object is lent again.
 *
 * <p>It reaches its slot by the {@link Tether}, so as not to grow by the reference to it. Nothing in the pool refers to a
 * lease but a waiter who hasn't picked it up; and each method keeps it alive until its step is done, for a lease that dies
 * before its end counts as lost.
 */
final class SlotLease<T> implements Lease<T> {
    private final Tether<T> tether;
    private final long stay;

    SlotLease(Tether<T> tether, long stay) {
        this.tether = tether;
        this.stay = stay;
    }

    @Override
    public T get() {
        try {
            T object = tether.slot.objectIn(stay);
            if (object == null) {
                throw ended();
            }
            return object;
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        try {
            Slot<T> slot = tether.slot;
            slot.pool.release(slot, stay);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        tether.slot.pool.invalidate(tether.slot, requireEnd(), cause);
    }

    @Override
    public T detach() {
        long taken = requireEnd();
        Slot<T> slot = tether.slot;
        T object = slot.object();
        slot.pool.detach(slot, taken);
        return object;
    }

    /** Ends a lease whose object nobody has seen, and which counts for none: the next in the queue gets the object. */
    void giveOn() {
        long taken = end();
        if (taken != Slot.LOST) {
            tether.slot.uncount();
            tether.slot.pool.giveOn(tether.slot, taken);
        }
    }

    /** Ends the lease: the caller owns the slot, in maintenance, unless somebody else ended it before. */
    private long end() {
        try {
            return tether.slot.pass(stay, State.MAINTENANCE);
        } finally {
            Reference.reachabilityFence(this);
        }
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
                "This lease of pool '" + tether.slot.pool.config().name() + "' has ended");
    }

    @Override
    public String toString() {
        return "lease of " + tether.slot.index + (tether.slot.stay() == stay ? "" : " (ended)");
    }
}
