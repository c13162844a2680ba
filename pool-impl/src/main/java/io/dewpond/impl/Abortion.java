package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;

/** Makes an object fail that its borrower didn't give back in time. */
final class Abortion<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private final long stay;
    private final DestroyReason reason;

    Abortion(Crew<T> crew, Slot<T> slot, long stay, DestroyReason reason) {
        this.crew = crew;
        this.slot = slot;
        this.stay = stay;
        this.reason = reason;
    }

    @Override
    public void run() {
        crew.maker().abort(slot);
        crew.discard(slot, stay, reason);
    }

    @Override
    public void overdue() {
        crew.discardOverdue(slot, stay, reason, Callback.ABORT);
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.ABORT);
    }
}
