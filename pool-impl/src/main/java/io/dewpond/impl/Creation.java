package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import java.util.concurrent.TimeoutException;

/** Makes an object for a place. */
final class Creation<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private final long stay;
    /** Its own: this thread may end it in the same instant. */
    private volatile Flight.Ending seenByTimeout = Flight.Ending.UNSEEN;

    Creation(Crew<T> crew, Slot<T> slot, long stay) {
        this.crew = crew;
        this.slot = slot;
        this.stay = stay;
    }

    @Override
    public void run() {
        long began = crew.now();
        // Before the question whether the creation is still on: if so, this is the epoch that it began in.
        ObjectFactory<T> factory = crew.factories().of(slot.epoch);
        if (!crew.exchange().beginsCreation(slot, stay, began)) {
            return;
        }
        Flight.Ending seen = crew.maker().flight().creates();
        seenByTimeout = crew.maker().flight().creates();
        T object;
        try {
            object = crew.maker().make(factory);
        } catch (Throwable thrown) {
            fail(thrown, false, seen);
            return;
        }
        long took = crew.now() - began;
        crew.maker().made(object, took);
        if (!crew.inspector().validAfterCreate(object)) {
            crew.maker().destroyUnused(object, factory, DestroyReason.INVALID);
            fail(crew.maker().unfit(), true, seen);
            return;
        }
        long made = crew.exchange().created(slot, stay, object, crew.now());
        if (made != Slot.LOST) {
            seen.ended(null);
            crew.offer(slot, made);
        } else {
            crew.destroyLate(slot, object, factory);
        }
    }

    private void fail(Throwable cause, boolean madeAnObject, Flight.Ending seen) {
        if (crew.exchange().creationFailed(slot, stay, cause, madeAnObject, crew.now())) {
            crew.maker().failed(cause);
            seen.ended(cause);
        } else {
            crew.exchange().exorcised(slot, madeAnObject);
        }
    }

    @Override
    public void overdue() {
        TimeoutException cause = crew.limits().passed(Callback.CREATE);
        if (crew.exchange().creationOverdue(slot, stay, cause, crew.now())) {
            crew.maker().failed(cause);
            seenByTimeout.ended(cause);
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.CREATE);
    }
}
