package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.ObjectInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Judges what is idle, without taking it, so that it stays there to be lent; takes what is to go, and has visited what
 * is due for a validation. If the policy hangs, the object it hangs on is discarded, and the sweep is over.
 */
final class Sweep<T> implements Workers.Task {
    private final Crew<T> crew;
    private final Inspector<T> inspector;
    private final Exchange<T> exchange;
    private final Slots<T> slots;
    private volatile @Nullable Sighting<T> judged;
    private final AtomicBoolean over = new AtomicBoolean();

    Sweep(Crew<T> crew, Slots<T> slots) {
        this.crew = crew;
        this.slots = slots;
        inspector = crew.inspector();
        exchange = crew.exchange();
    }

    @Override
    public void run() {
        for (Slot<T> slot = slots.seeIdle(0); slot != null && !over.get(); slot = slots.seeIdle(slot.index + 1)) {
            long now = crew.now();
            judged = slot.sight(now);
            if (judged != null) {
                look(judged, now);
            }
        }
        judged = null;
        finish(() -> {});
    }

    private void look(Sighting<T> seen, long now) {
        ObjectInfo info = new IdleInfo(seen.now(), exchange::idleBeyondMinimum);
        String why = inspector.eviction(seen.object(), info, this::lasts);
        if (why != null) {
            evict(exchange.takeIfStill(seen), why);
        } else if (!lasts()) {
            return; // it is nobody's business any more what else might be asked
        } else if (inspector.needsValidationWhileIdle(seen.now())) {
            crew.visit(seen.slot());
        } else if (inspector.evicts(seen.object(), seen.soon(), this::lasts)) {
            // What goes only while it can be spared isn't evicted here, and so isn't replaced ahead of time.
            exchange.age(seen, now);
        } else if (lasts()) {
            seen.slot().foresee(seen.stay(), inspector.nanosToLive(seen.object(), info, this::lasts), now);
        }
    }

    /** What was given up has been counted; what is thrown then is an echo. */
    private boolean lasts() {
        return !over.get();
    }

    private void evict(@Nullable Taken<T> taken, String why) {
        if (taken != null) {
            crew.evict(taken.slot(), taken.stay(), why);
        }
    }

    @Override
    public void overdue() {
        Sighting<T> hanging = judged;
        finish(() -> giveUp(hanging));
    }

    /** The object may have been lent, or destroyed, while it was judged; the call was given up all the same. */
    private void giveUp(@Nullable Sighting<T> hanging) {
        if (hanging != null) {
            inspector.failed(Callback.EVICT, crew.limits().passed(Callback.EVICT));
            evict(exchange.takeIfStill(hanging), Inspector.TOO_SLOW);
        }
    }

    /** Once, so that a sweep that comes back late doesn't end its successor's turn. */
    private void finish(Runnable lastStep) {
        if (over.compareAndSet(false, true)) {
            lastStep.run();
            crew.sweepEnded();
        }
    }

    @Override
    public long limitNanos() {
        return crew.limits().nanos(Callback.EVICT);
    }
}
