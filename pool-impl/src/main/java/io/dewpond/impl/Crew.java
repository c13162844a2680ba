package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks that may hang, on threads of the pool, and settles each call's account with the {@link Exchange}
 * however it ends: it returns, it throws anything, or it is overdue. A task owns the stay that it was given. If it is
 * overdue, another settles that stay meanwhile; the task's own thread comes back some day, finds that it came too late,
 * and has nothing left to do but destroy the object that it may have made.
 */
final class Crew<T> implements Errands<T> {
    /** How long what depends on a future may keep its courier from the others. */
    private static final long DELIVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final ObjectFactory<T> factory;
    private final ObjectFactory.@Nullable Disposal<? super T> abort;
    private final Duration createTimeout;
    private final Duration validationTimeout;
    private final Duration destroyTimeout;
    private final Ticker ticker;
    private final Inspector<T> inspector;
    private final Events<T> events;
    private final LongConsumer alarm;
    private final Workers creators;
    /** Judge what is idle and inspect what somebody may wait for; apart from the others, so that none waits for another. */
    private final Workers hands;
    /** Validate what is idle; apart from the hands, for nobody waits for that. */
    private final Workers visitors;
    /** Destroy, and make leases fail. */
    private final Workers destroyers;
    /** Complete futures; apart from the others, for what depends on a future may do anything. */
    private final Workers couriers;

    /** Idle objects that are due for a validation and wait for a visitor, in their places. */
    private final Set<Slot<T>> toVisit = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean sweepDue = new AtomicBoolean();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Exchange<T> exchange;

    private final Slots<T> slots;
    private final Vigil vigil;

    Crew(
            Slots<T> slots,
            Beacon beacon,
            PoolConfig<T> config,
            Inspector<T> inspector,
            Events<T> events,
            Workers.Hiring hiring,
            LongConsumer alarm) {
        this.slots = slots;
        this.inspector = inspector;
        this.events = events;
        this.alarm = alarm;
        name = config.name();
        vigil = new Vigil(config.overdueAfter().toNanos(), alarm);
        factory = config.factory();
        abort = config.abortAtShutdown();
        createTimeout = config.createTimeout();
        validationTimeout = config.validationTimeout();
        destroyTimeout = config.destroyTimeout();
        ticker = config.ticker();
        int most = config.maxConcurrentCreations();
        creators = hiring.hire("dewpond-" + name + "-creator", most, ticker, alarm);
        hands = hiring.hire("dewpond-" + name + "-hand", most, ticker, alarm);
        visitors = hiring.hire("dewpond-" + name + "-visitor", most, ticker, alarm);
        destroyers = hiring.hire("dewpond-" + name + "-destroyer", most, ticker, alarm);
        couriers = hiring.hire("dewpond-" + name + "-courier", Math.max(1, config.maxSize()), ticker, alarm);
        exchange = new Exchange<>(slots, beacon, config, this);
    }

    Exchange<T> exchange() {
        return exchange;
    }

    Vigil vigil() {
        return vigil;
    }

    // ---- Errands ---------------------------------------------------------------------------------------------------

    @Override
    public void create(Slot<T> slot, long stay) {
        creators.submit(new Creation(slot, stay));
    }

    @Override
    public void inspect(Slot<T> slot, long stay) {
        hands.submit(new Inspection(slot, stay));
    }

    /** A borrower leaves a place that it took, and that has to be inspected first. */
    void inspectForBorrower(Slot<T> slot, long stay) {
        exchange.expectFrom(slot);
        inspect(slot, stay);
    }

    @Override
    public void destroy(Slot<T> slot, long stay, DestroyReason reason) {
        destroyers.submit(new Destruction(slot, stay, reason));
    }

    @Override
    public void wakeAt(long time) {
        alarm.accept(time);
    }

    @Override
    public void lent(long now) {
        vigil.lent(now);
    }

    @Override
    public void complete(CompletableFuture<Void> done) {
        deliver(() -> done.complete(null));
    }

    /** Completes a future. */
    void deliver(Runnable outcome) {
        couriers.submit(new Delivery(outcome));
    }

    /** Whether futures wait to be completed; the alarm is raised when one of a closed pool has been. */
    boolean hasDeliveries() {
        return couriers.hasWaiting();
    }

    /** Completes the future of the pool's end; not by a courier, for they may all be busy with what depends on others. */
    void end(CompletableFuture<Void> ended) {
        hands.submit(new Quick(() -> ended.complete(null)));
    }

    /** Offers the object for lending and, if it can't be lent any more, destroys it. */
    void offer(Slot<T> slot, long stay) {
        DestroyReason refusal = exchange.offer(slot, stay);
        if (refusal != null) {
            discard(slot, stay, refusal);
        }
    }

    /** Takes the object away from whoever has it in maintenance, to destroy it; nothing if the stay is over. */
    void discard(Slot<T> slot, long stay, DestroyReason reason) {
        long taken = slot.pass(stay, State.MAINTENANCE);
        if (taken != Slot.LOST) {
            condemn(slot, taken, reason);
        }
    }

    /** As {@link #discard}, for a call that took too long. It is counted before anybody sees what came of it. */
    private void discardOverdue(Slot<T> slot, long stay, DestroyReason reason, Callback callback, Duration limit) {
        long taken = slot.pass(stay, State.MAINTENANCE);
        if (taken != Slot.LOST) {
            inspector.failed(callback, tookLonger(callback, limit));
            condemn(slot, taken, reason);
        }
    }

    private void condemn(Slot<T> slot, long stay, DestroyReason reason) {
        exchange.condemned(slot, ticker.nanoTime());
        destroy(slot, stay, reason);
    }

    /** Has a lease's object fail in its borrower's hands, then destroys it. */
    void abort(Holding<T> held) {
        long taken = held.slot().pass(held.stay(), State.MAINTENANCE);
        if (taken != Slot.LOST) {
            destroyers.submit(new Abortion(held.slot(), taken));
        }
    }

    /**
     * Takes the object of a lost lease away. It isn't lent again, for whoever had the lease may still use the object. Nothing
     * if the stay is over.
     */
    void recover(Holding<T> lost, long now) {
        long taken = lost.slot().pass(lost.stay(), State.MAINTENANCE);
        if (taken == Slot.LOST) {
            return;
        }
        LeaseHolder holder = lost.at(now);
        Log.POOL.warn(
                "Pool '{}': a lease that {} acquired {} ago was garbage collected without having been ended{}",
                name,
                holder.thread(),
                holder.held(),
                Stacks.acquiredAt(holder));
        exchange.lost();
        events.tell(listener -> listener.leaseLost(holder));
        condemn(lost.slot(), taken, DestroyReason.LOST);
    }

    boolean aborts() {
        return abort != null;
    }

    /** Whether a look at the idle objects may find anything to do. Asks nobody. */
    boolean mayHaveToSweep(long now) {
        for (Slot<T> slot = slots.seeIdle(0); slot != null; slot = slots.seeIdle(slot.index + 1)) {
            if (inspector.mayHaveToLook(slot, now)) {
                return true;
            }
        }
        return false;
    }

    /** How long it is until the next idle object is due for a validation, of those that aren't yet. */
    long untilVisit(long now) {
        long soonest = Clock.FAR_NANOS;
        for (Slot<T> slot = slots.nextIdle(0); slot != null; slot = slots.nextIdle(slot.index + 1)) {
            long left = inspector.untilValidation(slot, now);
            soonest = left > 0 ? Math.min(soonest, left) : soonest;
        }
        return soonest;
    }

    /** Looks at all idle objects: at once, or as soon as the look that is under way is over. */
    void sweep() {
        sweepDue.set(true);
        beginSweep();
    }

    /** Whether a look is under way; the alarm is raised when one of a closed pool is over. */
    boolean isSweeping() {
        return sweeping.get();
    }

    /** Called by whoever makes a sweep due, afterwards, and by whoever ends one, afterwards: so none is forgotten. */
    private void beginSweep() {
        if (sweepDue.get() && sweeping.compareAndSet(false, true)) {
            sweepDue.set(false);
            hands.submit(new Sweep());
        }
    }

    // ---- Threads ---------------------------------------------------------------------------------------------------

    /** Gives up what is overdue; returns when to look again. */
    long tend(long now) {
        long soonest = creators.tend(now) - now;
        for (Workers others : List.of(hands, visitors, destroyers, couriers)) {
            soonest = Math.min(soonest, others.tend(now) - now);
        }
        return now + soonest;
    }

    /** Calls that were given up and still hang, but for creations, which haunt their places. */
    int abandoned() {
        return hands.abandoned() + visitors.abandoned() + destroyers.abandoned();
    }

    void giveUpCreations() {
        creators.abandonAll();
    }

    void release() {
        creators.release();
        hands.release();
        visitors.release();
        destroyers.release();
        couriers.release();
        events.release();
    }

    /** How much has been handed to other threads so far. */
    long submissions() {
        return List.of(creators, hands, visitors, destroyers, couriers).stream()
                .mapToLong(Workers::submissions)
                .sum();
    }

    private TimeoutException tookLonger(Callback callback, Duration limit) {
        return new TimeoutException("Pool '" + name + "': " + callback + " took longer than " + limit
                + "; its thread was interrupted and given up");
    }

    private void creationFailed(Throwable cause) {
        Log.POOL.warn("Pool '{}': a creation failed: {}", name, cause.toString());
        Log.POOL.debug("Pool '{}': a creation failed", name, cause);
        events.tell(listener -> listener.creationFailed(cause));
    }

    /** Destroys an object; returns what the factory threw, or null. */
    private @Nullable Throwable destroy(T object) {
        try {
            factory.destroy(object);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private void destroyed(T object, DestroyReason reason, @Nullable Throwable failure) {
        if (failure != null) {
            inspector.failed(Callback.DESTROY, failure);
        }
        events.tell(listener -> listener.destroyed(object, reason));
    }

    /** Destroys an object that never got into its place, in the thread that made it. */
    private void destroyUnused(T object, DestroyReason reason) {
        destroyed(object, reason, destroy(object));
    }

    /** Makes an object for a place. */
    private final class Creation implements Workers.Task {
        private final Slot<T> slot;
        private final long stay;

        Creation(Slot<T> slot, long stay) {
            this.slot = slot;
            this.stay = stay;
        }

        @Override
        public void run() {
            long began = ticker.nanoTime();
            if (!exchange.beginsCreation(slot, stay, began)) {
                return;
            }
            T object;
            try {
                object = factory.create();
                if (object == null) {
                    throw new NullPointerException("The factory of pool '" + name + "' returned null");
                }
            } catch (Throwable thrown) {
                fail(thrown, false);
                return;
            }
            long took = ticker.nanoTime() - began;
            events.tell(listener -> listener.created(object, Duration.ofNanos(took)));
            if (!inspector.validAfterCreate(object)) {
                destroyUnused(object, DestroyReason.INVALID);
                fail(new IllegalStateException("A new object of pool '" + name + "' failed its validation"), true);
                return;
            }
            long made = exchange.created(slot, stay, object, ticker.nanoTime());
            if (made != Slot.LOST) {
                offer(slot, made);
            } else {
                destroyers.submit(new LateDestruction(slot, object));
            }
        }

        private void fail(Throwable cause, boolean madeAnObject) {
            if (exchange.creationFailed(slot, stay, cause, madeAnObject, ticker.nanoTime())) {
                creationFailed(cause);
            } else {
                exchange.exorcised(slot, madeAnObject);
            }
        }

        @Override
        public void overdue() {
            TimeoutException cause = tookLonger(Callback.CREATE, createTimeout);
            if (exchange.creationOverdue(slot, stay, cause, ticker.nanoTime())) {
                creationFailed(cause);
            }
        }

        @Override
        public long limitNanos() {
            return createTimeout.toNanos();
        }
    }

    /**
     * Destroys an object that came when its creation had been given up. Not in the thread that made it: that has been
     * interrupted, or will be at any moment, and a destruction is not to blame for the creation.
     */
    private final class LateDestruction implements Workers.Task {
        private final Slot<T> slot;
        private final T object;
        private final AtomicBoolean over = new AtomicBoolean();

        LateDestruction(Slot<T> slot, T object) {
            this.slot = slot;
            this.object = object;
        }

        @Override
        public void run() {
            end(Crew.this.destroy(object));
        }

        @Override
        public void overdue() {
            end(tookLonger(Callback.DESTROY, destroyTimeout));
        }

        /** Once: by the destruction itself or, if it hangs, by its timeout. */
        private void end(@Nullable Throwable failure) {
            if (over.compareAndSet(false, true)) {
                destroyed(object, DestroyReason.LATE, failure);
                exchange.exorcised(slot, true);
            }
        }

        @Override
        public long limitNanos() {
            return destroyTimeout.toNanos();
        }
    }

    /** Sees whether an object is fit to be lent. */
    private final class Inspection implements Workers.Task {
        private final Slot<T> slot;
        private final long stay;

        Inspection(Slot<T> slot, long stay) {
            this.slot = slot;
            this.stay = stay;
        }

        @Override
        public void run() {
            long now = ticker.nanoTime();
            if (inspector.evicts(slot, now)) {
                discard(slot, stay, DestroyReason.EVICTED);
            } else if (inspector.needsValidation(slot, now) && !inspector.valid(slot, stay)) {
                inspector.suspectAll();
                discard(slot, stay, DestroyReason.INVALID);
            } else {
                offer(slot, stay);
            }
        }

        @Override
        public void overdue() {
            inspector.suspectAll();
            discardOverdue(slot, stay, DestroyReason.INVALID, Callback.VALIDATE, validationTimeout);
        }

        @Override
        public long limitNanos() {
            return validationTimeout.toNanos();
        }
    }

    /** Destroys an object. */
    private final class Destruction implements Workers.Task {
        private final Slot<T> slot;
        private final long stay;
        private final DestroyReason reason;
        /** Taken at once: when the destruction is overdue, the slot gets another. */
        private final T object;

        Destruction(Slot<T> slot, long stay, DestroyReason reason) {
            this.slot = slot;
            this.stay = stay;
            this.reason = reason;
            object = slot.object();
        }

        @Override
        public void run() {
            end(Crew.this.destroy(object));
        }

        @Override
        public void overdue() {
            end(tookLonger(Callback.DESTROY, destroyTimeout));
        }

        /** Once: by the destruction itself or, if it hangs, by its timeout. */
        private void end(@Nullable Throwable failure) {
            long mine = slot.pass(stay, State.MAINTENANCE);
            if (mine != Slot.LOST) {
                destroyed(object, reason, failure);
                exchange.vacate(slot, mine, true, ticker.nanoTime());
            }
        }

        @Override
        public long limitNanos() {
            return destroyTimeout.toNanos();
        }
    }

    /** Makes an object fail that its borrower didn't give back in time. */
    private final class Abortion implements Workers.Task {
        private final Slot<T> slot;
        private final long stay;

        Abortion(Slot<T> slot, long stay) {
            this.slot = slot;
            this.stay = stay;
        }

        @Override
        public void run() {
            if (abort != null) {
                try {
                    abort.dispose(slot.object());
                } catch (Throwable thrown) {
                    inspector.failed(Callback.ABORT, thrown);
                }
            }
            discard(slot, stay, DestroyReason.SHUTDOWN);
        }

        @Override
        public void overdue() {
            discardOverdue(slot, stay, DestroyReason.SHUTDOWN, Callback.ABORT, destroyTimeout);
        }

        @Override
        public long limitNanos() {
            return destroyTimeout.toNanos();
        }
    }

    /**
     * Judges what is idle, without taking it, so that it stays there to be lent; takes what is to go, and has visited what
     * is due for a validation. If the policy hangs, the object it hangs on is discarded, and the sweep is over.
     */
    private final class Sweep implements Workers.Task {
        private volatile @Nullable Sighting<T> judged;
        private final AtomicBoolean over = new AtomicBoolean();

        @Override
        public void run() {
            for (Slot<T> slot = slots.seeIdle(0); slot != null && !over.get(); slot = slots.seeIdle(slot.index + 1)) {
                long now = ticker.nanoTime();
                judged = slot.sight(now);
                if (judged != null) {
                    look(judged, now);
                }
            }
            judged = null;
            finish(() -> {});
        }

        private void look(Sighting<T> seen, long now) {
            if (inspector.evicts(seen.object(), seen.now(), this::lasts)) {
                discard(exchange.takeIfStill(seen));
            } else if (!lasts()) {
                return; // it is nobody's business any more what else might be asked
            } else if (inspector.needsValidationWhileIdle(seen.now())) {
                visit(seen.slot());
            } else if (inspector.evicts(seen.object(), seen.soon(), this::lasts)) {
                exchange.age(seen, now);
            } else if (lasts()) {
                seen.slot().foresee(seen.stay(), inspector.nanosToLive(seen.object(), seen.now(), this::lasts), now);
            }
        }

        /** What was given up has been counted; what is thrown then is an echo. */
        private boolean lasts() {
            return !over.get();
        }

        /** Once at a time: a sweep may find an object due that still waits for its visit from an earlier one. */
        private void visit(Slot<T> slot) {
            if (toVisit.add(slot)) {
                visitors.submit(new Visit(slot));
            }
        }

        private void discard(@Nullable Taken<T> taken) {
            if (taken != null) {
                Crew.this.discard(taken.slot(), taken.stay(), DestroyReason.EVICTED);
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
                inspector.failed(Callback.EVICT, tookLonger(Callback.EVICT, validationTimeout));
                discard(exchange.takeIfStill(hanging));
            }
        }

        /** Once, so that a sweep that comes back late doesn't end its successor's turn. */
        private void finish(Runnable lastStep) {
            if (over.compareAndSet(false, true)) {
                lastStep.run();
                sweeping.set(false);
                beginSweep();
                // A shutdown closes the pool and then looks whether a sweep is under way; so one of the two sees the
                // other.
                if (exchange.isClosed()) {
                    wakeAt(ticker.nanoTime());
                }
            }
        }

        @Override
        public long limitNanos() {
            return validationTimeout.toNanos();
        }
    }

    /**
     * Validates an idle object. It is taken when the visitor is there and not before: until then it can be lent; and if it
     * has been lent or validated meanwhile, it isn't taken unless it is due all the same.
     */
    private final class Visit implements Workers.Task {
        private final Slot<T> slot;
        private volatile @Nullable Inspection begun;
        private volatile boolean late;

        Visit(Slot<T> slot) {
            this.slot = slot;
        }

        @Override
        public void run() {
            toVisit.remove(slot);
            Sighting<T> seen = slot.sight(ticker.nanoTime());
            if (seen == null || !inspector.needsValidationWhileIdle(seen.now())) {
                return;
            }
            Taken<T> taken = exchange.takeIfStill(seen);
            if (taken != null) {
                inspect(new Inspection(taken.slot(), taken.stay()));
            }
        }

        /** Either this sees that the visit is overdue already, or {@link #overdue} sees what has begun. */
        private void inspect(Inspection inspection) {
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
            Inspection inspection = begun;
            if (inspection != null) {
                inspection.overdue();
            }
        }

        @Override
        public long limitNanos() {
            return validationTimeout.toNanos();
        }
    }

    /**
     * Completes a future, which runs what depends on it. That should not block; if it does, all it holds up is its own
     * thread: after a while another takes that one's place. It isn't interrupted, for nobody asked for it to end.
     */
    private final class Delivery implements Workers.Task {
        private final Runnable outcome;

        Delivery(Runnable outcome) {
            this.outcome = outcome;
        }

        @Override
        public void run() {
            outcome.run();
            if (exchange.isClosed()) {
                wakeAt(ticker.nanoTime());
            }
        }

        @Override
        public void overdue() {
            // The future is complete, so there is no account to settle.
        }

        @Override
        public boolean isInterruptedWhenOverdue() {
            return false;
        }

        @Override
        public long limitNanos() {
            return DELIVERY_NANOS;
        }
    }

    /** A last step that may run foreign code, when nothing else is left to do. */
    private record Quick(Runnable step) implements Workers.Task {
        @Override
        public void run() {
            step.run();
        }

        @Override
        public void overdue() {
            throw new AssertionError("bug: this step has no time limit");
        }

        @Override
        public long limitNanos() {
            return Workers.UNLIMITED;
        }
    }
}
