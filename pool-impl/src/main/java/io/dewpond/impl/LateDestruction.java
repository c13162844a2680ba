package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.ObjectFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Destroys an object that came when its creation had been given up. Not in the thread that made it: that has been
 * interrupted, or will be at any moment, and a destruction is not to blame for the creation.
 */
final class LateDestruction<T> implements Workers.Task {
    private static final Ending LATE = Ending.of(DestroyReason.LATE);

    private final Crew<T> crew;
    private final Slot<T> slot;
    private final T object;
    private final ObjectFactory<T> factory;
    private final AtomicBoolean over = new AtomicBoolean();

    LateDestruction(Crew<T> crew, Slot<T> slot, T object, ObjectFactory<T> factory) {
        this.crew = crew;
        this.slot = slot;
        this.object = object;
        this.factory = factory;
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
        if (over.compareAndSet(false, true)) {
            crew.maker().destroyed(object, LATE, failure);
            crew.exchange().exorcised(slot, LATE);
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.DESTROY);
    }
}
