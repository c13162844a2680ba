package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Destroys the object of a place; see {@link LateDestruction} for one that has none. */
final class Destruction<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private final long stay;
    private final Ending ending;
    /** Taken at once, as the factory that made it: when the destruction is overdue, the slot gets another. */
    private final T object;

    private final ObjectFactory<T> factory;

    Destruction(Crew<T> crew, Slot<T> slot, long stay, Ending ending) {
        this.crew = crew;
        this.slot = slot;
        this.stay = stay;
        this.ending = ending;
        object = slot.object();
        factory = crew.factories().of(slot.epoch);
    }

    @Override
    public void run() {
        end(crew.maker().destroy(object, factory));
    }

    @Override
    public void overdue() {
        end(crew.limits().passed(Callback.DESTROY));
    }

    /** Once: by the destruction itself or, if it hangs, by its timeout. */
    private void end(@Nullable Throwable failure) {
        long mine = slot.pass(stay, State.MAINTENANCE);
        if (mine != Slot.LOST) {
            crew.maker().destroyed(object, ending, failure);
            crew.exchange().vacate(slot, mine, ending, crew.now());
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.DESTROY);
    }
}
