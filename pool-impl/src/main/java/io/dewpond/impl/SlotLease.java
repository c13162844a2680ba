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
 * lease but a waiter who hasn't picked it up. A lease that dies before its end counts as lost, and one that has ended must
 * not hide that the next of its slot was. So
 *
 * <ul>
 *   <li>each method takes the tether into its own hands, and keeps that alive until its step has had its effect: whether the
 *       lease itself dies on the way, or lets go of it by another thread's doing, is all the same then;
 *   <li>who has ended the lease, or found it ended, has it let go: it changes to {@link Slot#ended}, which leads to the slot
 *       too and is never dead. That comes after the fence. So even if the write gets ahead of the effect, the writer has the
 *       tether in its hands until the effect is there, and nobody finds it dead while the stay is on.
 * </ul>
 *
 * <p>The field is plain. There are two values it can have, both lead to the same slot and nothing else of them matters: a
 * reader who sees either at any time does the same. (To hand a lease to another thread takes something that orders memory, as
 * with any object.) A lease whose end threw keeps its tether: it may not have ended.
 *
 * <p>Not taken: null for the end, which leaves it to each method to know the pool's name; to give the slot another tether
 * now and then, which would be an allocation, and guesswork.
 */
final class SlotLease<T> implements Lease<T> {
    private Tether<T> tether;
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
        tether = slot.ended;
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

    /** Ends the lease: the caller owns the slot, in maintenance, unless somebody else ended it before. */
    private long end() {
        Tether<T> held = tether;
        long taken;
        try {
            taken = held.slot.pass(stay, State.MAINTENANCE);
        } finally {
            Reference.reachabilityFence(held);
        }
        tether = held.slot.ended;
        return taken;
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
