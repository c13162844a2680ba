package io.dewpond.impl;

import io.dewpond.CreationFailedException;
import io.dewpond.PoolConfig;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a creation that was planned: it begins or is elided, then ends well, badly or too late. Each is part of a
 * step of the {@link Exchange}, under its lock.
 */
final class Creations<T> {
    private final String name;
    private final boolean failFast;
    private final Terms<T> terms;
    private final Places<T> places;
    private final Vacancies<T> vacancies;
    private final Plan<T> plan;
    private final Line<T> line;
    private final WarmUp<T> warmUp;
    private final Tally tally;

    Creations(
            PoolConfig<T> config,
            Terms<T> terms,
            Places<T> places,
            Vacancies<T> vacancies,
            Plan<T> plan,
            Line<T> line,
            WarmUp<T> warmUp,
            Tally tally) {
        name = config.name();
        failFast = config.failFast();
        this.terms = terms;
        this.places = places;
        this.vacancies = vacancies;
        this.plan = plan;
        this.line = line;
        this.warmUp = warmUp;
        this.tally = tally;
    }

    /**
     * The creator thread has come to a creation. False if there is nothing to do: it has been given up before it began,
     * its object would be refused, or nobody needs it any more. One that begins is counted on until it is slow.
     */
    boolean begins(Slot<T> slot, long stay, long now, After after) {
        if (slot.stay() != stay) {
            slot.haunted = false; // what was given up ends here
            return false;
        }
        Waiter<T> unused = line.awaiting(now, after); // whoever is late needs nothing
        if (terms.refusal(slot) == null && !slot.stalled && plan.isNeeded()) {
            plan.begun(slot, stay, now, after);
            return true;
        }
        places.endCreation(slot);
        vacancies.vacated(slot, stay, now, after);
        plan.update(0, now, after);
        return false;
    }

    /** The object has come; the caller owns the returned stay. LOST if the creation had been given up. */
    long created(Slot<T> slot, long stay, T object, long now, After after) {
        long entered = slot.pass(stay, State.MAINTENANCE);
        if (entered != Slot.LOST) {
            tally.created++;
            slot.fill(object, now);
            slot.pool.ranked(slot);
            places.endCreation(slot);
            places.expect(slot);
            if (terms.isOfThePresentFactory(slot)) {
                plan.made();
            }
            plan.promiseKept();
            plan.update(0, now, after); // there is room for another creation at once
        }
        return entered;
    }

    /** The creation has failed, and what it made, if anything, is destroyed by now; false if it had been given up. */
    boolean failed(
            Slot<T> slot, long stay, Throwable cause, long leastDelay, @Nullable Ending made, long now, After after) {
        if (slot.stay() != stay) {
            return false;
        }
        destroyed(made);
        places.endCreation(slot);
        vacancies.vacated(slot, stay, now, after);
        failed(slot, cause, leastDelay, now, after);
        return true;
    }

    /**
     * The creation overruns its time. Its place is free again, unless a former creation still haunts it: then the place
     * waits for one of the two, so that there are never more than two live objects a place.
     */
    boolean overdue(Slot<T> slot, long stay, Throwable cause, long now, After after) {
        if (slot.stay() != stay) {
            return false;
        }
        if (slot.haunted && !terms.closed) {
            places.stall(slot);
        } else {
            places.endCreation(slot);
            slot.haunted = true;
            vacancies.vacated(slot, stay, now, after);
        }
        failed(slot, cause, 0, now, after);
        return !terms.closed;
    }

    /** A creation that was given up has ended after all; if it made an object, that is destroyed by now. */
    void exorcised(Slot<T> slot, @Nullable Ending made) {
        slot.haunted = false;
        destroyed(made);
    }

    private void destroyed(@Nullable Ending made) {
        if (made != null) {
            tally.created++;
            tally.endings.add(made);
        }
    }

    private void failed(Slot<T> slot, Throwable cause, long leastDelay, long now, After after) {
        plan.promiseKept();
        if (terms.closed) {
            return; // it was given up for the shutdown
        }
        tally.creationFailures++;
        if (terms.isOfThePresentFactory(slot)) { // another's failure says nothing of this one
            plan.failed(cause, leastDelay, now);
            warmUp.failed(cause, after);
            if (failFast && places.alive() == 0) {
                line.failAll(() -> new CreationFailedException(name, cause), after);
            }
        }
        plan.update(0, now, after);
    }
}
