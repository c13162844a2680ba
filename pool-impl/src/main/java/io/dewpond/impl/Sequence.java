package io.dewpond.impl;

import io.dewpond.LendingOrder;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * In which order idle objects are lent, where that isn't by place: each release draws a number, and a borrower takes the
 * idle object with the highest or the lowest.
 *
 * <p>The number is written by the slot's owner before the object becomes idle, and is true of the stay that follows; a
 * borrower reads it between two looks at the word, and takes the object from exactly that stay. If another was faster, it
 * looks again from the beginning. So it returns without an object only after a look that found no place idle; and each
 * further look means that somebody else has got an object. All places are looked at, and not only those that {@link Slots}
 * points at: that costs more, and there is no bit to be wrong about.
 */
final class Sequence<T> {
    private final boolean newestFirst;
    private final AtomicLong drawn = new AtomicLong();

    Sequence(LendingOrder order) {
        newestFirst = order == LendingOrder.LIFO;
    }

    /** The object comes last from now on. For the slot's owner. */
    void released(Slot<T> slot) {
        slot.rank(drawn.incrementAndGet());
    }

    /** Leases the idle object whose turn it is; or null. */
    @Nullable
    Taken<T> lease(Slots<T> slots) {
        while (true) {
            Slot<T> best = null;
            long stay = Slot.LOST;
            long bestRank = 0;
            for (Slot<T> slot : slots.all()) {
                long seen = slot.stay();
                long rank = slot.rankIn(seen);
                if (rank != Slot.LOST && (best == null || (newestFirst ? rank > bestRank : rank < bestRank))) {
                    best = slot;
                    stay = seen;
                    bestRank = rank;
                }
            }
            if (best == null) {
                return null;
            }
            long leased = best.pass(stay, State.LEASED);
            if (leased != Slot.LOST) {
                return new Taken<>(best, leased);
            }
        }
    }
}
