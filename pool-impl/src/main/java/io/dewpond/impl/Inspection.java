package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;

/** Sees whether an object is fit to be lent. */
final class Inspection<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Inspector<T> inspector;
    private final Slot<T> slot;
    private final long stay;

    Inspection(Crew<T> crew, Slot<T> slot, long stay) {
        this.crew = crew;
        inspector = crew.inspector();
        this.slot = slot;
        this.stay = stay;
    }

    @Override
    public void run() {
        long now = crew.now();
        String why = inspector.eviction(slot, now);
        if (why != null) {
            crew.evict(slot, stay, why);
        } else if (inspector.needsValidation(slot, now) && !inspector.valid(slot, stay)) {
            inspector.suspectAll();
            crew.discard(slot, stay, DestroyReason.INVALID);
        } else {
            crew.offer(slot, stay);
        }
    }

    @Override
    public void overdue() {
        inspector.suspectAll();
        crew.discardOverdue(slot, stay, DestroyReason.INVALID, Callback.VALIDATE);
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.VALIDATE);
    }
}
