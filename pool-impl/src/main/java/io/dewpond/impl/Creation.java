package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes an object for a place. */
final class Creation<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private final long stay;

    Creation(Crew<T> crew, Slot<T> slot, long stay) {
        this.crew = crew;
        this.slot = slot;
        this.stay = stay;
    }

    @Override
    public void run() {
        long began = crew.now();
        if (!crew.exchange().beginsCreation(slot, stay, began)) {
            return;
        }
        T object;
        try {
            object = crew.maker().make();
        } catch (Throwable thrown) {
            fail(thrown, null);
            return;
        }
        long took = crew.now() - began;
        crew.maker().made(object, took);
        Throwable unprepared = crew.maker().prepare(object, () -> slot.stay() == stay);
        if (unprepared != null) {
            refuse(object, DestroyReason.HOOK_FAILED, unprepared);
            return;
        }
        if (!crew.inspector().validAfterCreate(object)) {
            refuse(object, DestroyReason.INVALID, crew.maker().unfit());
            return;
        }
        long made = crew.exchange().created(slot, stay, object, crew.now());
        if (made != Slot.LOST) {
            crew.offer(slot, made);
        } else {
            crew.destroyLate(slot, object);
        }
    }

    private void refuse(T object, DestroyReason reason, Throwable cause) {
        Thread.interrupted(); // a destruction isn't to blame for what the object's validation or hook left behind
        Ending unfit = Ending.of(reason);
        crew.maker().destroyUnused(object, unfit);
        fail(cause, unfit);
    }

    private void fail(Throwable cause, @Nullable Ending made) {
        if (crew.exchange().creationFailed(slot, stay, cause, made, crew.now())) {
            crew.maker().failed(cause);
        } else {
            crew.exchange().exorcised(slot, made);
        }
    }

    @Override
    public void overdue() {
        TimeoutException cause = crew.limits().passed(Callback.CREATE);
        if (crew.exchange().creationOverdue(slot, stay, cause, crew.now())) {
            crew.maker().failed(cause);
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.CREATE);
    }
}
