package io.dewpond.impl;

import io.dewpond.Lease;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a {@link Slot} in the state <i>leased</i>. All there is to a lease's end is one compare-and-set on the
 * slot's word, from exactly this stay: that makes it end once, and harmless once the object is lent again.
 *
 * <h2>Design note: the tether</h2>
 *
 * A lease reaches its slot by the {@link Tether}, so as not to grow by the reference to it. Nothing in the pool refers to a
 * lease but a waiter who hasn't picked it up. A lease that dies before its end counts as lost; so each method takes the
 * tether into its own hands, and keeps that alive until its step has had its effect.
 *
 * <p>Not taken: to let go of the tether at the end, so that a lease that has ended and is kept all the same doesn't hide the
 * loss of the next. A field that is written to keeps the compiler from doing without the object where the lease of a waiter
 * might come in its place: that took 24 bytes and a fifth of the speed from each cycle. Who keeps handles on leases, as the
 * JDBC module does, lets go of the lease instead.
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
        Tether<T> held = tether;
        try {
            T object = held.slot.objectIn(stay);
            if (object == null) {
                throw ended();
            }
            return object;
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public void close() {
        Tether<T> held = tether;
        Slot<T> slot = held.slot;
        try {
            slot.pool.release(slot, stay);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        Slot<T> slot = tether.slot;
        slot.pool.invalidate(slot, requireEnd(), cause);
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
            Slot<T> slot = tether.slot;
            slot.uncount();
            slot.pool.giveOn(slot, taken);
        }
    }

    /** The object, or null if the lease has ended. */
    @Nullable
    T peek() {
        Tether<T> held = tether;
        try {
            return held.slot.objectIn(stay);
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    /** Ends a lease whose borrower didn't get it, because the object isn't fit for that, and which counts for none. */
    void refuse(Throwable cause) {
        long taken = end();
        if (taken != Slot.LOST) {
            Slot<T> slot = tether.slot;
            slot.uncount();
            slot.pool.refused(slot, taken, cause);
        }
    }

    /** Ends a lease that nobody came for when its object was ready: it is released as any other, but counts for none. */
    void takeBack() {
        long taken = end();
        if (taken != Slot.LOST) {
            Slot<T> slot = tether.slot;
            slot.uncount();
            slot.pool.takenBack(slot, taken);
        }
    }

    /** Ends the lease: the caller owns the slot, in maintenance, unless somebody else ended it before. */
    private long end() {
        Tether<T> held = tether;
        try {
            return held.slot.pass(stay, State.MAINTENANCE);
        } finally {
            Reference.reachabilityFence(held);
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
        Slot<T> slot = tether.slot;
        return "lease of " + slot.index + (slot.stay() == stay ? "" : " (ended)");
    }
}
