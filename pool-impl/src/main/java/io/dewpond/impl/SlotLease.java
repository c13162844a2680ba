package io.dewpond.impl;

import io.dewpond.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One stay of a {@link Slot} in the state <i>leased</i>. All there is to a lease's end is one compare-and-set on the
 * slot's word, from exactly this stay: that makes it end once, and harmless once the object is lent again.
 */
final class SlotLease<T> implements Lease<T> {
    private final SlotPool<T> pool;
    private final Slot<T> slot;
    private final T object;
    private final long stay;
    private final Thread borrower;
    private final long since;

    SlotLease(SlotPool<T> pool, Slot<T> slot, T object, long stay, Thread borrower, long since) {
        this.pool = pool;
        this.slot = slot;
        this.object = object;
        this.stay = stay;
        this.borrower = borrower;
        this.since = since;
    }

    @Override
    public T get() {
        if (slot.stay() != stay) {
            throw ended();
        }
        return object;
    }

    @Override
    public void close() {
        long taken = end();
        if (taken != Slot.LOST) {
            pool.release(slot, taken);
        }
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        pool.invalidate(slot, requireEnd(), cause);
    }

    @Override
    public T detach() {
        pool.detach(slot, requireEnd());
        return object;
    }

    /** Ends a lease whose object nobody has seen: the next in the queue gets it. */
    void giveOn() {
        long taken = end();
        if (taken != Slot.LOST) {
            pool.giveOn(slot, taken);
        }
    }

    /** Ends the lease in its holder's place, at the end of a shutdown. */
    void abort(Crew<T> crew) {
        long taken = end();
        if (taken != Slot.LOST) {
            crew.abort(slot, taken);
        }
    }

    /** Ends the lease: the caller owns the slot, in maintenance, unless somebody else ended it before. */
    long end() {
        return slot.pass(stay, State.MAINTENANCE);
    }

    private long requireEnd() {
        long taken = end();
        if (taken == Slot.LOST) {
            throw ended();
        }
        return taken;
    }

    /** The name tells who held the object at the time; a virtual thread often has none. */
    String borrower() {
        String name = borrower.getName();
        return name.isEmpty() ? "thread #" + borrower.getId() : name;
    }

    Duration heldAt(long now) {
        return Duration.ofNanos(Math.max(0, now - since));
    }

    private IllegalStateException ended() {
        return new IllegalStateException("This lease of pool '" + pool.config().name() + "' has ended");
    }

    @Override
    public String toString() {
        return "lease of " + slot.index + (slot.stay() == stay ? "" : " (ended)");
    }
}
