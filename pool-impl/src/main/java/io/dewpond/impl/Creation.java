package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes an object for a place. */
final class Creation<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private final long stay;
    /** Its own: this thread may end it in the same instant. */
    private volatile Flight.Span seenByTimeout = Flight.Span.UNSEEN;

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
        Flight.Span seen = crew.maker().flight().creates();
        seenByTimeout = crew.maker().flight().creates();
        T object;
        try {
            object = crew.maker().make(factory);
        } catch (Throwable thrown) {
            fail(thrown, null, seen);
            return;
        }
        long took = crew.now() - began;
        crew.maker().made(object, took);
        Throwable unprepared = crew.maker().prepare(object, () -> slot.stay() == stay);
        if (unprepared != null) {
            refuse(object, factory, DestroyReason.HOOK_FAILED, unprepared, seen);
            return;
        }
        if (!crew.inspector().validAfterCreate(object)) {
            refuse(object, factory, DestroyReason.INVALID, crew.maker().unfit(), seen);
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

    private void refuse(T object, ObjectFactory<T> factory, DestroyReason reason, Throwable cause, Flight.Span seen) {
        Thread.interrupted(); // a destruction isn't to blame for what the object's validation or hook left behind
        Ending unfit = Ending.of(reason);
        crew.maker().destroyUnused(object, factory, unfit);
        fail(cause, unfit, seen);
    }

    private void fail(Throwable cause, @Nullable Ending made, Flight.Span seen) {
        if (crew.exchange().creationFailed(slot, stay, cause, made, crew.now())) {
            crew.maker().failed(cause);
            seen.ended(cause);
        } else {
            crew.exchange().exorcised(slot, made);
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
