package io.dewpond.impl;

import io.dewpond.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Validates an idle object. It is taken when the visitor is there and not before: until then it can be lent; and if it
 * has been lent or validated meanwhile, it isn't taken unless it is due all the same.
 */
final class Visit<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Slot<T> slot;
    private volatile @Nullable Inspection<T> begun;
    private volatile boolean late;

    Visit(Crew<T> crew, Slot<T> slot) {
        this.crew = crew;
        this.slot = slot;
    }

    @Override
    public void run() {
        crew.visited(slot);
        Sighting<T> seen = slot.sight(crew.now());
        if (seen == null || !crew.inspector().needsValidationWhileIdle(seen.now())) {
            return;
        }
        Taken<T> taken = crew.exchange().takeIfStill(seen);
        if (taken != null) {
            inspect(new Inspection<>(crew, taken.slot(), taken.stay()));
        }
    }

    /** Either this sees that the visit is overdue already, or {@link #overdue} sees what has begun. */
    private void inspect(Inspection<T> inspection) {
        begun = inspection;
        if (late) {
            inspection.overdue();
        } else {
            inspection.run();
        }
    }

    @Override
    public void overdue() {
        late = true;
        Inspection<T> inspection = begun;
        if (inspection != null) {
            inspection.overdue();
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.VALIDATE);
    }
}
