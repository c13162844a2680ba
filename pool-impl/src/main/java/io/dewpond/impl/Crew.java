package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.Ticker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the callbacks that may hang, on threads of the pool, and settles each call's account with the {@link Exchange}
 * however it ends: it returns, it throws anything, or it is overdue. A task owns the stay that it was given. If it is
 * overdue, another settles that stay meanwhile; the task's own thread comes back some day, finds that it came too late,
 * and has nothing left to do but destroy the object that it may have made.
 *
 * <p>What a call is and how its account is settled stands in its task ({@link Creation}, {@link Inspection} and their
 * like); here is who runs it.
 */
final class Crew<T> implements Errands<T> {
    private final String name;
    private final Limits limits;
    private final Ticker ticker;
    private final Maker<T> maker;
    private final Factories<T> factories;
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
            LongConsumer alarm,
            @Nullable Allowance allowance) {
        this.slots = slots;
        this.inspector = inspector;
        this.events = events;
        this.alarm = alarm;
        name = config.name();
        vigil = new Vigil(config.overdueAfter().toNanos(), config.reclaimAfter().toNanos(), alarm);
        limits = new Limits(config);
        factories = new Factories<>(config.factory());
        maker = new Maker<>(config, inspector, events);
        ticker = config.ticker();
        int most = config.maxConcurrentCreations();
        creators = hiring.hire("dewpond-" + name + "-creator", most, ticker, alarm);
        hands = hiring.hire("dewpond-" + name + "-hand", most, ticker, alarm);
        visitors = hiring.hire("dewpond-" + name + "-visitor", most, ticker, alarm);
        destroyers = hiring.hire("dewpond-" + name + "-destroyer", most, ticker, alarm);
        couriers = hiring.hire("dewpond-" + name + "-courier", Math.max(1, config.maxSize()), ticker, alarm);
        exchange = new Exchange<>(slots, beacon, config, this, allowance);
    }

    Exchange<T> exchange() {
        return exchange;
    }

    Vigil vigil() {
        return vigil;
    }

    // ---- What its tasks work with ----------------------------------------------------------------------------------

    Maker<T> maker() {
        return maker;
    }

    Factories<T> factories() {
        return factories;
    }

    Inspector<T> inspector() {
        return inspector;
    }

    Limits limits() {
        return limits;
    }

    long now() {
        return ticker.nanoTime();
    }

    // ---- Errands ---------------------------------------------------------------------------------------------------

    @Override
    public void create(Slot<T> slot, long stay) {
        creators.submit(new Creation<>(this, slot, stay));
    }

    @Override
    public void inspect(Slot<T> slot, long stay) {
        hands.submit(new Inspection<>(this, slot, stay));
    }

    /** A borrower leaves a place that it took, and that has to be inspected first. */
    void inspectForBorrower(Slot<T> slot, long stay) {
        exchange.expectFrom(slot);
        inspect(slot, stay);
    }

    @Override
    public void destroy(Slot<T> slot, long stay, DestroyReason reason) {
        destroy(slot, stay, Ending.of(reason));
    }

    private void destroy(Slot<T> slot, long stay, Ending ending) {
        destroyers.submit(new Destruction<>(this, slot, stay, ending));
    }

    /** Destroys an object that came too late for its place, which it haunts. */
    void destroyLate(Slot<T> slot, T object, ObjectFactory<T> factory) {
        destroyers.submit(new LateDestruction<>(this, slot, object, factory));
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

    @Override
    public void fail(CompletableFuture<Void> done, PoolException failure) {
        deliver(() -> done.completeExceptionally(failure));
    }

    @Override
    public void failed(Callback callback, Throwable cause) {
        inspector.failed(callback, cause);
    }

    /** Completes a future. */
    void deliver(Runnable outcome) {
        couriers.submit(new Delivery(this, outcome));
    }

    /** Runs the hook for a future. */
    void prepare(Workers.Task hook) {
        couriers.submit(hook);
    }

    /** Whether futures wait to be completed; the alarm is raised when one of a closed pool has been. */
    boolean hasDeliveries() {
        return couriers.hasWaiting();
    }

    /** Does what is left when the pool has ended; not by a courier, for they may all be busy with what depends on others. */
    void end(Runnable lastStep) {
        hands.submit(new Quick(lastStep));
    }

    /** Puts an object that the pool was given into a place of its own. */
    void give(T object) {
        maker.made(object, 0);
        Taken<T> place = exchange.claim();
        offer(place.slot(), exchange.created(place.slot(), place.stay(), object, now()));
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

    /** As {@link #discard}, because the policy says so. */
    void evict(Slot<T> slot, long stay, String why) {
        long taken = slot.pass(stay, State.MAINTENANCE);
        if (taken != Slot.LOST) {
            maker.evicted(slot.object(), why);
            condemn(slot, taken, Ending.evicted(why));
        }
    }

    /** As {@link #discard}, for a call that took too long. It is counted before anybody sees what came of it. */
    void discardOverdue(Slot<T> slot, long stay, DestroyReason reason, Callback callback) {
        long taken = slot.pass(stay, State.MAINTENANCE);
        if (taken != Slot.LOST) {
            inspector.failed(callback, limits.passed(callback));
            condemn(slot, taken, reason);
        }
    }

    private void condemn(Slot<T> slot, long stay, DestroyReason reason) {
        condemn(slot, stay, Ending.of(reason));
    }

    private void condemn(Slot<T> slot, long stay, Ending ending) {
        exchange.condemned(slot, ticker.nanoTime());
        destroy(slot, stay, ending);
    }

    /** Has a lease's object fail in its borrower's hands, then destroys it. */
    void abort(Holding<T> held) {
        long taken = held.slot().pass(held.stay(), State.MAINTENANCE);
        if (taken != Slot.LOST) {
            destroyers.submit(new Abortion<>(this, held.slot(), taken, DestroyReason.SHUTDOWN));
        }
    }

    /**
     * Takes the object of a lease away that is out for too long: makes it fail in its borrower's hands, if there is a way to,
     * and destroys it. Nothing if the stay is over: of this and an end by the borrower, the compare-and-set that comes first
     * counts.
     */
    void reclaim(Holding<T> held, long now) {
        long taken = held.slot().pass(held.stay(), State.MAINTENANCE);
        if (taken == Slot.LOST) {
            return;
        }
        LeaseHolder holder = held.at(now);
        Log.POOL.warn(
                "Pool '{}': an object that {} acquired {} ago is taken from it and destroyed{}",
                name,
                holder.thread(),
                holder.held(),
                Stacks.acquiredAt(holder));
        exchange.reclaimed();
        events.tell(listener -> listener.leaseReclaimed(holder));
        if (aborts()) {
            destroyers.submit(new Abortion<>(this, held.slot(), taken, DestroyReason.RECLAIMED));
        } else {
            condemn(held.slot(), taken, DestroyReason.RECLAIMED);
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
        events.leaseLost(holder);
        condemn(lost.slot(), taken, DestroyReason.LOST);
    }

    boolean aborts() {
        return maker.aborts();
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
        for (Slot<T> slot = slots.seeIdle(0); slot != null; slot = slots.seeIdle(slot.index + 1)) {
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
            hands.submit(new Sweep<>(this, slots));
        }
    }

    /** The one sweep that is under way is over. */
    void sweepEnded() {
        sweeping.set(false);
        beginSweep();
        // A shutdown closes the pool and then looks whether a sweep is under way; so one of the two sees the other.
        lookIfClosed();
    }

    /** Has an idle object visited. Once at a time: a sweep may find one due that still waits from an earlier one. */
    void visit(Slot<T> slot) {
        if (toVisit.add(slot)) {
            visitors.submit(new Visit<>(this, slot));
        }
    }

    /** The visitor is there. */
    void visited(Slot<T> slot) {
        toVisit.remove(slot);
    }

    /** Something is over that the end of a closed pool may have waited for. */
    void lookIfClosed() {
        if (exchange.isClosed()) {
            wakeAt(ticker.nanoTime());
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
}
