package io.dewpond.impl;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What waits for places to become empty: each refresh for the last object that was made before it, and the end of a closed
 * pool for the last of all. Belongs to the lock of the {@link Exchange}.
 */
final class Vacancies<T> {
    private final Terms<T> terms;
    private final Places<T> places;
    private final Errands<T> errands;
    private final @Nullable Allowance allowance;
    private final Queue<Renewal> renewals = new ArrayDeque<>();

    Vacancies(Terms<T> terms, Places<T> places, Errands<T> errands, @Nullable Allowance allowance) {
        this.allowance = allowance;
        this.terms = terms;
        this.places = places;
        this.errands = errands;
    }

    /** A place has become empty: what waited for that may go on. */
    void vacated(Slot<T> slot, long stay, long now, After after) {
        boolean yielded = slot.yields;
        slot.yields = false;
        places.becomeEmpty(slot, stay);
        if (allowance != null) {
            allowance.give(yielded, after);
        }
        completeRenewals(after);
        if (terms.closed) {
            after.add(() -> errands.wakeAt(now));
        }
    }

    /** Begins a new epoch; the future is completed when nothing older is left. */
    CompletableFuture<Void> renew() {
        Renewal renewal = new Renewal(terms.epoch++, new CompletableFuture<>());
        renewals.add(renewal);
        return renewal.done();
    }

    /** The oldest epoch of which a place has anything, at most the present one. */
    long oldestEpoch() {
        long oldest = terms.epoch;
        for (Slot<T> slot : places.all()) {
            oldest = slot.state() == State.EMPTY ? oldest : Math.min(oldest, slot.epoch);
        }
        return oldest;
    }

    void completeRenewals(After after) {
        renewals.removeIf(renewal -> {
            for (Slot<T> slot : places.all()) {
                if (slot.state() != State.EMPTY && slot.epoch <= renewal.epoch()) {
                    return false;
                }
            }
            after.add(() -> errands.complete(renewal.done()));
            return true;
        });
    }

    /** A refresh that waits for the last object made up to an epoch to go. */
    private record Renewal(long epoch, CompletableFuture<Void> done) {}
}
