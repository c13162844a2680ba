package io.dewpond.impl;

import io.dewpond.AcquireRejectedException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects and waiters together: the heart of the pool, and its only lock.
 *
 * <h2>Why it is right</h2>
 *
 * All that the lock guards is the account: which places are idle, who waits, how many objects are on their way. Foreign
 * code never runs under it; what a decision entails is collected in an {@link After} and done when the lock is free. The
 * account is settled by three steps that everything comes down to:
 *
 * <ul>
 *   <li>{@link #offer}: a place has an object to lend. It goes to the head of the queue or, if nobody waits, is idle.
 *   <li>{@link #vacate}: a place has lost its object. It is empty, and may be claimed for a creation.
 *   <li>{@link #plan}: called at the end of whatever changes demand or supply. It starts as many inspections and
 *       creations as there are waiters, and missing spares, beyond what is on its way already.
 * </ul>
 *
 * So nobody waits while something is idle: a place becomes idle only when the queue is empty, and one that joins the
 * queue has {@code plan} look at what is idle. And there are never more live objects than the maximum: an object exists
 * only in a place that is not empty, and a place is filled only while fewer than the maximum are.
 *
 * <p>Waiters are served strictly in order. A newcomer finds an idle object only if nobody waits.
 */
final class Exchange<T> {
    private final SlotPool<T> pool;
    private final String name;
    private final Errands<T> errands;
    private final int maxWaiters;
    private final int maxConcurrentCreations;
    private final boolean failFast;

    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final Places<T> places = new Places<>();
    private final Set<Waiter<T>> waiters = new LinkedHashSet<>();
    private final Queue<Renewal> renewals = new ArrayDeque<>();
    private final Backoff backoff;
    private final Tally tally = new Tally();
    private int maxSize;
    private int minIdle;
    private long epoch;
    private boolean closed;
    private @Nullable Throwable lastFailure;
    private @Nullable Thread warmingUp;

    Exchange(SlotPool<T> pool, PoolConfig<T> config, Errands<T> errands) {
        this.pool = pool;
        this.errands = errands;
        name = config.name();
        maxWaiters = config.maxWaiters();
        maxConcurrentCreations = config.maxConcurrentCreations();
        failFast = config.failFast();
        backoff = new Backoff(
                config.retryDelay().toNanos(), config.maxRetryDelay().toNanos());
        maxSize = config.maxSize();
        minIdle = config.minIdle();
        places.extendTo(maxSize);
    }

    // ---- Borrowers -------------------------------------------------------------------------------------------------

    /**
     * Takes the lowest idle place into maintenance, for a borrower who doesn't wait; the lowest, so that under a light
     * load the high ones stay idle and grow old.
     */
    @Nullable
    Taken<T> takeIdle(long now) {
        return lockedFor(after -> {
            requireOpen();
            Taken<T> taken = waiters.isEmpty() ? places.takeLowest() : null;
            if (taken != null && minIdle > 0) {
                plan(0, now, after);
            }
            return taken;
        });
    }

    /** Puts a borrower into the queue. */
    void enqueue(Waiter<T> waiter, long now) {
        locked(after -> {
            requireOpen();
            if (waiters.size() >= maxWaiters) {
                tally.rejected++;
                throw new AcquireRejectedException(name, waiters.size());
            }
            if (failFast && places.occupied() == 0 && lastFailure != null && backoff.blocks(now)) {
                throw new CreationFailedException(name, lastFailure);
            }
            waiters.add(waiter);
            plan(0, now, after);
        });
    }

    /** Takes a borrower out of the queue; false if it has an outcome, and so has left the queue before. */
    boolean withdraw(Waiter<T> waiter, boolean timedOut) {
        lock.lock();
        try {
            if (!waiters.remove(waiter)) {
                return false;
            }
            if (timedOut) {
                tally.timedOut++;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A borrower who doesn't wait found nothing: have an object made for the next one, if there is room. */
    void missed(long now, boolean timedOut) {
        locked(after -> {
            tally.timedOut += timedOut ? 1 : 0;
            plan(1, now, after);
        });
    }

    // ---- Places ----------------------------------------------------------------------------------------------------

    /**
     * A place in maintenance has an object fit to be lent. Returns null if it was accepted, or if the stay was over
     * anyway; else why the object must be destroyed, which is then the caller's task.
     */
    @Nullable
    DestroyReason offer(Slot<T> slot, long stay, long now) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                return null;
            }
            places.unexpect(slot);
            DestroyReason refusal = refusal(slot);
            if (refusal != null) {
                return refusal;
            }
            Waiter<T> head = pollWaiter();
            if (head == null) {
                places.becomeIdle(slot, stay);
                if (slot.ageing) {
                    plan(0, now, after);
                }
            } else {
                head.grant(slot.lend(pool, stay, head.thread, now));
                after.add(() -> LockSupport.unpark(head.thread));
            }
            signalWarmUp(after);
            return null;
        });
    }

    /** Looks at what is idle in a place, without taking it. */
    @Nullable
    Sighting<T> sight(int index, long now) {
        return guarded(() -> closed ? null : places.sight(index, now));
    }

    /** Takes what was seen into maintenance, to be validated or destroyed, unless it has gone meanwhile. */
    @Nullable
    Taken<T> takeIfStill(Sighting<T> seen) {
        return guarded(() -> {
            Taken<T> taken = closed ? null : places.takeIfStill(seen.slot(), seen.stay());
            if (taken != null) {
                places.expect(taken.slot());
            }
            return taken;
        });
    }

    /** A borrower leaves a place that it took to be inspected first. */
    void expectFrom(Slot<T> slot) {
        locked(after -> places.expect(slot));
    }

    /** What was seen will soon be evicted: it doesn't count as a spare any more, so that another is made in time. */
    void age(Sighting<T> seen, long now) {
        locked(after -> {
            places.age(seen.slot(), seen.stay());
            plan(0, now, after);
        });
    }

    /** A place in maintenance won't have an object to lend: what is needed has to come from elsewhere. */
    void condemned(Slot<T> slot, long now) {
        locked(after -> {
            places.unexpect(slot);
            places.doom(slot);
            plan(0, now, after);
        });
    }

    /** A place in maintenance has lost its object. False if another has settled that before. */
    boolean vacate(Slot<T> slot, long stay, boolean destroyed, long now) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                return false;
            }
            if (destroyed) {
                tally.destroyed++;
            } else {
                tally.detached++;
            }
            vacated(slot, stay, now, after);
            plan(0, now, after);
            return true;
        });
    }

    // ---- Creations -------------------------------------------------------------------------------------------------

    /** The object has come; the caller owns the returned stay. LOST if the creation had been given up. */
    long created(Slot<T> slot, long stay, T object, long now) {
        return lockedFor(after -> {
            long entered = slot.pass(stay, State.MAINTENANCE);
            if (entered != Slot.LOST) {
                tally.created++;
                slot.fill(object, now);
                slot.ageing = false;
                places.endCreation(slot);
                places.expect(slot);
                backoff.succeeded();
                lastFailure = null;
                plan(0, now, after); // there is room for another creation at once
            }
            return entered;
        });
    }

    /** The creation has failed; false if it had been given up. */
    boolean creationFailed(Slot<T> slot, long stay, Throwable cause, boolean madeAnObject, long now) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                return false;
            }
            if (madeAnObject) {
                tally.created++;
                tally.destroyed++;
            }
            places.endCreation(slot);
            vacated(slot, stay, now, after);
            failed(cause, now, after);
            return true;
        });
    }

    /**
     * The creation overruns its time. Its place is free again, unless a former creation still haunts it: then the place
     * waits for one of the two, so that there are never more than two live objects a place.
     */
    boolean creationOverdue(Slot<T> slot, long stay, Throwable cause, long now) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                return false;
            }
            if (slot.haunted && !closed) {
                places.stall(slot);
            } else {
                places.endCreation(slot);
                slot.haunted = true;
                vacated(slot, stay, now, after);
            }
            failed(cause, now, after);
            return !closed;
        });
    }

    /** A creation that was given up has ended after all; if it made an object, that is destroyed by now. */
    void exorcised(Slot<T> slot, boolean madeAnObject) {
        locked(after -> {
            slot.haunted = false;
            if (madeAnObject) {
                tally.created++;
                tally.destroyed++;
            }
        });
    }

    // ---- Control ---------------------------------------------------------------------------------------------------

    void resize(int newMinIdle, int newMaxSize, long now) {
        locked(after -> {
            requireOpen();
            minIdle = newMinIdle;
            maxSize = newMaxSize;
            places.extendTo(maxSize);
            destroyIdle(places.occupied() - places.doomed() - maxSize, DestroyReason.OPERATOR, after);
            plan(0, now, after);
        });
    }

    void evictIdle(long now) {
        locked(after -> {
            requireOpen();
            destroyIdle(places.idle(), DestroyReason.OPERATOR, after);
            plan(0, now, after);
        });
    }

    CompletableFuture<Void> refresh(long now) {
        return lockedFor(after -> {
            requireOpen();
            Renewal renewal = new Renewal(epoch++, new CompletableFuture<>());
            renewals.add(renewal);
            destroyIdle(places.idle(), DestroyReason.OPERATOR, after);
            completeRenewals(after);
            plan(0, now, after);
            return renewal.done().copy();
        });
    }

    /** From now on nothing is lent or made; what is idle goes, and what comes is refused. */
    void close(long now) {
        locked(after -> {
            closed = true;
            failAll(() -> new PoolClosedException(name), after);
            destroyIdle(places.idle(), DestroyReason.SHUTDOWN, after);
            for (Slot<T> slot : places.all()) {
                if (slot.stalled) {
                    places.endCreation(slot);
                    vacated(slot, slot.stay(), now, after);
                }
            }
            signalWarmUp(after);
        });
    }

    boolean isClosed() {
        return guarded(() -> closed);
    }

    boolean isEmpty() {
        return guarded(() -> places.occupied() == 0);
    }

    /** Whether nothing but leases keeps places from being empty. */
    boolean onlyLeasesLeft() {
        return guarded(() ->
                places.all().stream().allMatch(slot -> slot.state() == State.EMPTY || slot.state() == State.LEASED));
    }

    /** Leases that are out now. One that is being given at this moment may be missing. */
    List<SlotLease<T>> leases() {
        return guarded(() -> places.leases());
    }

    // ---- Maintenance and looking on --------------------------------------------------------------------------------

    /** Starts what is needed and possible at this time, such as a creation after a delay. */
    void planAt(long now) {
        locked(after -> plan(0, now, after));
    }

    BitSet idlePlaces() {
        return guarded(() -> places.idlePlaces());
    }

    /** Whether the spares are ready; registers the thread to be unparked when it is worth looking again. */
    boolean warmOrNotify(@Nullable Thread thread) {
        lock.lock();
        try {
            warmingUp = thread;
            return closed || places.idle() >= minIdle;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Throwable lastFailure() {
        return guarded(() -> lastFailure);
    }

    PoolStats stats(int abandonedCalls, long callbackFailures) {
        lock.lock();
        try {
            Map<State, Integer> in = places.countByState();
            long leases = places.all().stream().mapToLong(Slot::leasesEver).sum();
            return new PoolStats(
                    maxSize,
                    minIdle,
                    in.getOrDefault(State.IDLE, 0),
                    in.getOrDefault(State.LEASED, 0),
                    in.getOrDefault(State.CREATING, 0),
                    in.getOrDefault(State.MAINTENANCE, 0),
                    waiters.size(),
                    abandonedCalls + places.haunted(),
                    leases,
                    tally.timedOut,
                    tally.rejected,
                    tally.created,
                    tally.creationFailures,
                    tally.destroyed,
                    tally.detached,
                    callbackFailures);
        } finally {
            lock.unlock();
        }
    }

    // ---- Under the lock --------------------------------------------------------------------------------------------

    /** Starts what it takes to serve those who wait and to have the spares, beyond what is on its way. */
    private void plan(int extra, long now, After after) {
        if (closed) {
            return;
        }
        Taken<T> fresh;
        while (waiters.size() > places.expected() && (fresh = places.takeLowest()) != null) {
            Taken<T> taken = fresh;
            places.expect(taken.slot());
            after.add(() -> errands.inspect(taken.slot(), taken.stay()));
        }
        int wanted = Math.max(waiters.size(), extra) + Math.max(0, minIdle - places.spares()) - places.expected();
        int possible = Math.min(maxConcurrentCreations - places.creating(), maxSize - places.occupied());
        for (int i = 0; i < Math.min(wanted, possible); i++) {
            if (backoff.blocks(now)) {
                long retryAt = backoff.retryAt();
                after.add(() -> errands.wakeAt(retryAt));
                return;
            }
            Taken<T> claimed = places.beginCreation(epoch);
            after.add(() -> errands.create(claimed.slot(), claimed.stay()));
        }
    }

    private void failed(Throwable cause, long now, After after) {
        if (closed) {
            return; // it was given up for the shutdown
        }
        tally.creationFailures++;
        lastFailure = cause;
        backoff.failed(now);
        if (failFast && places.occupied() == places.stalled()) {
            failAll(() -> new CreationFailedException(name, cause), after);
        }
        plan(0, now, after);
        signalWarmUp(after);
    }

    /** A place has become empty: what waited for that may go on. */
    private void vacated(Slot<T> slot, long stay, long now, After after) {
        places.becomeEmpty(slot, stay);
        completeRenewals(after);
        if (closed) {
            after.add(() -> errands.wakeAt(now));
        }
    }

    /** Why the object of this place must not be lent again, or null. */
    private @Nullable DestroyReason refusal(Slot<T> slot) {
        if (closed) {
            return DestroyReason.SHUTDOWN;
        }
        boolean surplus = places.occupied() - places.doomed() > maxSize;
        return surplus || slot.epoch < epoch ? DestroyReason.OPERATOR : null;
    }

    /** Destroys up to that many idle objects, the highest and so the longest idle first. */
    private void destroyIdle(int most, DestroyReason reason, After after) {
        Taken<T> next;
        for (int i = 0; i < most && (next = places.takeHighest()) != null; i++) {
            Taken<T> taken = next;
            places.doom(taken.slot());
            after.add(() -> errands.destroy(taken.slot(), taken.stay(), reason));
        }
    }

    private @Nullable Waiter<T> pollWaiter() {
        Iterator<Waiter<T>> queue = waiters.iterator();
        if (!queue.hasNext()) {
            return null;
        }
        Waiter<T> head = queue.next();
        queue.remove();
        return head;
    }

    private void failAll(Supplier<PoolException> failure, After after) {
        for (Waiter<T> waiter : waiters) {
            waiter.fail(failure);
            after.add(() -> LockSupport.unpark(waiter.thread));
        }
        waiters.clear();
    }

    private void completeRenewals(After after) {
        renewals.removeIf(renewal -> {
            for (Slot<T> slot : places.all()) {
                if (slot.state() != State.EMPTY && slot.epoch <= renewal.epoch()) {
                    return false;
                }
            }
            after.add(() -> errands.complete(renewal.done()));
            return true;
        });
    }

    private void signalWarmUp(After after) {
        Thread thread = warmingUp;
        if (thread != null) {
            after.add(() -> LockSupport.unpark(thread));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new PoolClosedException(name);
        }
    }

    private <R extends @Nullable Object> R guarded(Supplier<R> reader) {
        lock.lock();
        try {
            return reader.get();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Consumer<After> step) {
        lockedFor(after -> {
            step.accept(after);
            return true;
        });
    }

    /** Runs a step under the lock and what follows from it after. A step that throws has changed nothing. */
    private <R extends @Nullable Object> R lockedFor(Function<After, R> step) {
        After after = new After();
        R result;
        lock.lock();
        try {
            result = step.apply(after);
        } finally {
            lock.unlock();
        }
        after.run();
        return result;
    }

    /** A refresh that waits for the last object made up to an epoch to go. */
    private record Renewal(long epoch, CompletableFuture<Void> done) {}
}
