package io.dewpond.impl;

import io.dewpond.AcquireRejectedException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects and waiters together where that takes more than one step: the heart of the pool, and its only lock. What
 * takes one step only, to lend an idle object and to make it idle again, goes past it: see {@link SlotPool}.
 *
 * <h2>Why nobody waits while something is idle</h2>
 *
 * Whenever an object is idle and somebody waits, the head of the queue is signalled, and so will look; or somebody is
 * about to signal it. An object becomes idle in two ways. Past the lock: whoever does so looks at the {@link Beacon} next
 * and signals the head that is there. Under the lock: only when nobody waits. And a waiter becomes the head in two ways.
 * It joins an empty queue: that is shown on the beacon at the end of that step, before it looks. It moves up: {@link #headChanged} looks whether
 * anything is idle after the new head is there for everybody to see, and signals it. In each pair one writes first and
 * looks then, and so does the other; all of it is volatile, so one of them sees the other.
 *
 * <h2>Why nobody starves</h2>
 *
 * Any thread that runs may take an idle object though others wait: that is what keeps a busy pool fast, for the head has
 * to be woken first. But when the head has waited for the {@link #GRACE_NANOS grace}, the pool is <i>starving</i>:
 * newcomers queue, and each release hands its object to the head, under the lock, until the head is young again. The head
 * says so itself when it wakes at the end of its grace; one that is older already when it moves up is found so there. A
 * release reads no clock for it but in a starving pool, where the next head has to be judged.
 *
 * All this needs a head that looks when it is signalled, and wakes by itself. What is done for one that has no thread to do
 * so stands in {@link FutureWaiter}.
 *
 * <h2>Why there are never more live objects than the maximum</h2>
 *
 * An object exists only in a place that is not empty, and a place is filled only while fewer than the maximum are.
 * Both change under the lock alone. {@link #plan} is called at the end of whatever changes demand or supply, and starts
 * as many creations as there are waiters and missing spares, beyond what is on its way already.
 *
 * <h2>Why a creation may be elided</h2>
 *
 * Between the plan and the start of a creation its waiter may have been served by a release, or have left. So the creator
 * thread asks {@link #beginsCreation} first, and if without this creation nothing were missing, the place is empty again
 * and no factory is called. No waiter is left without: the count is the plan's own, taken under the same lock, and the place
 * is given back in the same step; so what is left is a state in which the plan would start nothing, and each of two
 * creations that could be spared for the other sees whether the other is still there. Whatever takes away later what was
 * counted on (it fails, is condemned, or goes to one who overtakes) has it counted again, as ever. A borrower who doesn't
 * wait isn't in the queue to be counted: as long as a creation is {@link #promised} to such a one, the last object that is expected isn't elided.
 *
 * <p>Foreign code never runs under the lock; what a decision entails is collected in an {@link After} and done when the
 * lock is free.
 */
final class Exchange<T> {
    /** How long the head may be overtaken. */
    static final long GRACE_NANOS = 1_000_000;
    /** Which part of its time a creation may use up before it counts as slow. */
    static final int SLOW_PART = 4;

    private final String name;
    private final Ticker ticker;
    private final Errands<T> errands;
    private final int maxWaiters;
    private final int maxConcurrentCreations;
    private final boolean failFast;
    /** How long a creation may run before nobody counts on it any more. */
    private final long slowNanos;

    private final boolean reportsOverdue;

    private final Slots<T> slots;
    private final Beacon beacon;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final Places<T> places;
    private final WaitQueue<T> queue = new WaitQueue<>();
    private final Queue<Renewal> renewals = new ArrayDeque<>();
    /** Creations that run and are counted on, the oldest first; some may be over. */
    private final Queue<Begun<T>> begun = new ArrayDeque<>();

    private final Backoff backoff;
    private final Tally tally = new Tally();
    private int maxSize;
    /** Read by anybody. */
    private volatile int minIdle;

    private long epoch;
    private boolean starving;
    private boolean closed;
    /** Whether a creation that runs, or is about to, was asked for by a borrower who didn't wait for it. */
    private boolean promised;
    /** Read by anybody. */
    private volatile @Nullable Throwable lastFailure;

    /** Whether the maintenance looks for lost leases now and then, because somebody missed an object. */
    private boolean searched;

    private @Nullable Thread warmingUp;

    Exchange(Slots<T> slots, Beacon beacon, PoolConfig<T> config, Errands<T> errands) {
        this.slots = slots;
        this.beacon = beacon;
        places = new Places<>(slots);
        this.errands = errands;
        name = config.name();
        ticker = config.ticker();
        maxWaiters = config.maxWaiters();
        maxConcurrentCreations = config.maxConcurrentCreations();
        failFast = config.failFast();
        slowNanos = config.createTimeout().toNanos() / SLOW_PART;
        reportsOverdue = !config.overdueAfter().isZero();
        backoff = new Backoff(
                config.retryDelay().toNanos(), config.maxRetryDelay().toNanos());
        maxSize = config.maxSize();
        minIdle = config.minIdle();
        places.extendTo(maxSize);
        show();
    }

    // ---- Borrowers -------------------------------------------------------------------------------------------------

    /** Puts a borrower into the queue. */
    void enqueue(Waiter<T> waiter) {
        locked(after -> {
            requireOpen();
            if (queue.size() >= maxWaiters) {
                tally.rejected++;
                throw new AcquireRejectedException(name, queue.size());
            }
            if (failFast && places.alive() == 0 && lastFailure != null && backoff.blocks(waiter.since)) {
                throw new CreationFailedException(name, lastFailure);
            }
            queue.add(waiter);
            if (queue.isSoonest(waiter)) {
                after.add(() -> errands.wakeAt(waiter.deadline));
            }
            search(waiter.since, after);
            if (!waiter.looks() && isHead(waiter)) {
                headChanged(waiter.since, after);
            }
            plan(0, waiter.since, after);
        });
    }

    /** Whether it is this waiter's turn to look. */
    boolean isHead(Waiter<T> waiter) {
        return queue.head() == waiter;
    }

    /** The head has taken an idle object and leaves; false if it has an outcome, and so has left the queue before. */
    boolean served(Waiter<T> waiter, long now) {
        return lockedFor(after -> remove(waiter, now, after));
    }

    /** Takes a borrower out of the queue; false if it has an outcome, and so has left the queue before. */
    boolean withdraw(Waiter<T> waiter, boolean timedOut, long now) {
        return lockedFor(after -> {
            boolean left = remove(waiter, now, after);
            tally.timedOut += left && timedOut ? 1 : 0;
            return left;
        });
    }

    /** If this waiter is the head, it has waited for too long: from now on nobody overtakes. */
    void starve(Waiter<T> waiter) {
        locked(after -> starving |= isHead(waiter));
    }

    /** Has the head look whether something is idle. Past the lock: whoever has made something idle calls this. */
    void signalHead() {
        Waiter<T> head = queue.head();
        if (head != null && head.looks()) {
            head.signal();
        } else if (head != null) {
            locked(after -> fetch(head.since, after));
        }
    }

    /** Tells those waiters that can't see it themselves that their time is over; returns when to do so next. */
    long expire(long now) {
        return lockedFor(after -> {
            for (Waiter<T> late = queue.late(now); late != null; late = queue.late(now)) {
                expire(late, now, after);
            }
            return queue.nextDeadline(now);
        });
    }

    /** A place has become idle that perhaps should not have: takes the object back if it must not be lent again. */
    void reconsider(Slot<T> slot) {
        locked(after -> {
            DestroyReason refusal = refusal(slot);
            long stay = refusal == null ? Slot.LOST : slot.tryTake();
            if (refusal != null && stay != Slot.LOST) {
                places.doom(slot);
                after.add(() -> errands.destroy(slot, stay, refusal));
            }
        });
    }

    /** A borrower who doesn't wait found nothing: have an object made for the next one, if there is room. */
    void missed(long now, boolean timedOut) {
        locked(after -> {
            requireOpen();
            tally.timedOut += timedOut ? 1 : 0;
            search(now, after);
            plan(1, now, after);
            promised |= queue.size() == 0 && places.creating() > 0;
        });
    }

    /** Somebody finds nothing idle. If lost leases are to blame, one look helps, now or, when they are collected, later. */
    private void search(long now, After after) {
        if (!searched) {
            searched = true;
            after.add(() -> errands.wakeAt(now));
        }
    }

    /** Whether anybody waits, so that it is worth looking for lost leases again; if not, who comes next will say so. */
    boolean keepsSearching() {
        return guarded(() -> searched = queue.head() != null);
    }

    /** A lease was garbage collected. */
    void lost() {
        locked(after -> tally.lost++);
    }

    // ---- Places ----------------------------------------------------------------------------------------------------

    /**
     * A place in maintenance has an object fit to be lent. Returns null if it was accepted, or if the stay was over
     * anyway; else why the object must be destroyed, which is then the caller's task. The time is read here, and not
     * before the lock: nobody is granted an object by a reading that was true when somebody began to wait for the lock.
     */
    @Nullable
    DestroyReason offer(Slot<T> slot, long stay) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                return null;
            }
            long now = ticker.nanoTime();
            DestroyReason refusal = refusal(slot);
            if (refusal != null) {
                places.unexpect(slot);
                return refusal;
            }
            Waiter<T> head = awaiting(now, after);
            places.unexpect(slot); // only now: whoever moves up meanwhile may count on it
            if (head == null) {
                places.becomeIdle(slot, stay);
                if (slot.ageing) {
                    plan(0, now, after);
                }
            } else {
                head.grant(slot.lend(slot.mustPass(stay, State.LEASED), head.thread, now, head.site));
                remove(head, now, after);
                after.add(head::wake);
                if (reportsOverdue) {
                    after.add(() -> errands.lent(now));
                }
            }
            signalWarmUp(after);
            return null;
        });
    }

    /** Looks at what is idle in a place, without taking it. */
    @Nullable
    Sighting<T> sight(int index, long now) {
        Slot<T> slot = slots.at(index);
        return slot == null ? null : slot.sight(now);
    }

    /** Takes what was seen into maintenance, to be validated or destroyed, unless it has gone meanwhile. */
    @Nullable
    Taken<T> takeIfStill(Sighting<T> seen) {
        return guarded(() -> {
            long taken = closed ? Slot.LOST : seen.slot().pass(seen.stay(), State.MAINTENANCE);
            if (taken == Slot.LOST) {
                return null;
            }
            places.expect(seen.slot());
            return new Taken<>(seen.slot(), taken);
        });
    }

    /** A borrower leaves a place that it took to be inspected first. */
    void expectFrom(Slot<T> slot) {
        locked(after -> places.expect(slot));
    }

    /** What was seen will soon be evicted: it doesn't count as a spare any more, so that another is made in time. */
    void age(Sighting<T> seen, long now) {
        locked(after -> {
            seen.slot().ageing |= seen.slot().stay() == seen.stay();
            plan(0, now, after);
        });
    }

    /** A place in maintenance won't have an object to lend: what is needed has to come from elsewhere. */
    void condemned(Slot<T> slot, long now) {
        locked(after -> {
            places.unexpect(slot);
            places.doom(slot);
            fetch(now, after);
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

    /**
     * The creator thread has come to a creation. False if there is nothing to do: it has been given up before it began,
     * its object would be refused, or nobody needs it any more. One that begins is counted on until it is {@link Begun
     * slow}.
     */
    boolean beginsCreation(Slot<T> slot, long stay, long now) {
        return lockedFor(after -> {
            if (slot.stay() != stay) {
                slot.haunted = false; // what was given up ends here
                return false;
            }
            Waiter<T> unused = awaiting(now, after); // whoever is late needs nothing
            if (refusal(slot) == null && !slot.stalled && isNeeded()) {
                long slowAt = now + slowNanos;
                begun.removeIf(Begun::isOver);
                begun.add(new Begun<>(slot, stay, slowAt));
                after.add(() -> errands.wakeAt(slowAt));
                return true;
            }
            places.endCreation(slot);
            vacated(slot, stay, now, after);
            plan(0, now, after);
            return false;
        });
    }

    /** Whether something would be missing without one of the creations that are on their way. */
    private boolean isNeeded() {
        return missing(0) >= 0 || (promised && places.expected() == 1);
    }

    /** The object has come; the caller owns the returned stay. LOST if the creation had been given up. */
    long created(Slot<T> slot, long stay, T object, long now) {
        return lockedFor(after -> {
            long entered = slot.pass(stay, State.MAINTENANCE);
            if (entered != Slot.LOST) {
                tally.created++;
                slot.fill(object, now);
                places.endCreation(slot);
                places.expect(slot);
                backoff.succeeded();
                lastFailure = null;
                promised = false;
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
            show();
            destroyIdle(places.occupied() - places.doomed() - maxSize, DestroyReason.OPERATOR, after);
            plan(0, now, after);
        });
    }

    void evictIdle(long now) {
        locked(after -> {
            requireOpen();
            destroyIdle(slots.size(), DestroyReason.OPERATOR, after);
            plan(0, now, after);
        });
    }

    CompletableFuture<Void> refresh(long now) {
        return lockedFor(after -> {
            requireOpen();
            Renewal renewal = new Renewal(epoch++, new CompletableFuture<>());
            renewals.add(renewal);
            show();
            destroyIdle(slots.size(), DestroyReason.OPERATOR, after);
            completeRenewals(after);
            plan(0, now, after);
            return renewal.done().copy();
        });
    }

    /** From now on nothing is lent or made; what is idle goes, and what comes is refused. */
    void close(long now) {
        locked(after -> {
            closed = true;
            show();
            failAll(() -> new PoolClosedException(name), after);
            destroyIdle(slots.size(), DestroyReason.SHUTDOWN, after);
            for (Slot<T> slot : places.all()) {
                if (slot.stalled) {
                    places.endCreation(slot);
                    vacated(slot, slot.stay(), now, after);
                }
            }
            signalWarmUp(after);
        });
    }

    boolean keepsSpares() {
        return minIdle > 0;
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
    List<Holding<T>> holdings() {
        return slots.all().stream().map(Slot::holding).filter(Objects::nonNull).toList();
    }

    // ---- Maintenance and looking on --------------------------------------------------------------------------------

    /** Starts what is needed and possible at this time, such as a creation after a delay. */
    void planAt(long now) {
        locked(after -> plan(0, now, after));
    }

    /** Whether the spares are ready; registers the thread to be unparked when it is worth looking again. */
    boolean warmOrNotify(@Nullable Thread thread) {
        lock.lock();
        try {
            warmingUp = thread;
            return closed || places.idle(minIdle, false) >= minIdle;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no lock: a thread that waits for the warm-up asks this right before it parks. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
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
                    queue.size(),
                    abandonedCalls + places.haunted(),
                    leases,
                    tally.timedOut,
                    tally.rejected,
                    tally.created,
                    tally.creationFailures,
                    tally.destroyed,
                    tally.detached,
                    callbackFailures,
                    tally.lost);
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
        countOutTheSlow(now);
        int room = Math.min(maxConcurrentCreations - places.creating(), maxSize - places.occupied());
        if (room <= 0) {
            return;
        }
        int wanted = missing(extra);
        for (int i = 0; i < Math.min(wanted, room); i++) {
            if (backoff.blocks(now)) {
                long retryAt = backoff.retryAt();
                after.add(() -> errands.wakeAt(retryAt));
                return;
            }
            Taken<T> claimed = places.beginCreation(epoch);
            after.add(() -> errands.create(claimed.slot(), claimed.stay()));
        }
    }

    /** What takes long may take for ever: somebody who waits for it is better served by another, if there is room. */
    private void countOutTheSlow(long now) {
        for (Begun<T> first = begun.peek(); first != null && first.slowAt() - now <= 0; first = begun.peek()) {
            begun.remove();
            if (!first.isOver()) {
                places.unexpect(first.slot());
            }
        }
    }

    /**
     * How many objects have to be made for those who wait and for the minimum, beyond what is on its way; less than none
     * if more are on their way than that.
     */
    private int missing(int extra) {
        // What is idle is about to be taken by those who wait; what they leave is spare.
        int needed = Math.max(queue.size(), extra);
        int idle = places.idle(needed, false);
        int spare = Math.max(0, places.idle(needed + minIdle, true) - needed);
        return needed - idle + minIdle - spare - places.expected();
    }

    private void failed(Throwable cause, long now, After after) {
        promised = false; // it was kept as far as it went
        if (closed) {
            return; // it was given up for the shutdown
        }
        tally.creationFailures++;
        lastFailure = cause;
        backoff.failed(now);
        if (failFast && places.alive() == 0) {
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

    /** The oldest waiter who can still be served; those whose time is over are told so. */
    private @Nullable Waiter<T> awaiting(long now, After after) {
        Waiter<T> head = queue.head();
        while (head != null && head.deadline - now <= 0) {
            expire(head, now, after);
            head = queue.head();
        }
        return head;
    }

    private void expire(Waiter<T> waiter, long now, After after) {
        waiter.expire();
        remove(waiter, now, after);
        tally.timedOut++;
        after.add(waiter::wake);
    }

    private boolean remove(Waiter<T> waiter, long now, After after) {
        boolean wasHead = isHead(waiter);
        if (!queue.remove(waiter)) {
            return false;
        }
        if (wasHead) {
            headChanged(now, after);
        }
        return true;
    }

    /** Sees to the new head: that it isn't overtaken if it is too old, and that it looks if there is anything to find. */
    private void headChanged(long now, After after) {
        Waiter<T> head = queue.head();
        starving = head != null && (!head.looks() || now - head.since >= GRACE_NANOS);
        show();
        if (head != null && !head.looks()) {
            fetch(now, after);
        } else if (head != null && (slots.anyIdle() || !(starving || head.watchful))) {
            head.signal();
        }
    }

    /**
     * Looks in the stead of a head that can't: sends an idle object to be inspected, from where it is offered to whoever is
     * the head then. Nothing if the head looks itself.
     */
    private void fetch(long now, After after) {
        Waiter<T> head = queue.head();
        if (head == null || head.looks()) {
            return;
        }
        Taken<T> found = places.takeLowest();
        if (found != null) {
            places.expect(found.slot());
            after.add(() -> errands.inspect(found.slot(), found.stay()));
        }
        plan(0, now, after); // what the last plan took for its due may have gone to another
    }

    private void failAll(Supplier<PoolException> failure, After after) {
        for (Waiter<T> head = queue.head(); head != null; head = queue.head()) {
            Waiter<T> waiter = head;
            waiter.fail(failure);
            queue.remove(waiter);
            after.add(waiter::wake);
        }
        starving = false;
    }

    /** Shows on the beacon how things are now. At the end of each step, and before a step looks at what is idle. */
    private void show() {
        long flags = (closed ? Beacon.CLOSED : 0)
                | (places.occupied() - places.doomed() > maxSize ? Beacon.SURPLUS : 0)
                | (queue.head() != null ? Beacon.QUEUE : 0)
                | (starving ? Beacon.STARVING : 0)
                | (places.occupied() < maxSize ? Beacon.ROOM : 0);
        beacon.show(Beacon.word(epoch, flags));
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
            show();
        } finally {
            lock.unlock();
        }
        after.run();
        return result;
    }

    /**
     * A creation that runs. At a quarter of its time it counts as slow: it goes on, and takes its share of the creations
     * that may run at once, but no longer keeps another from being begun. So one that hangs delays those who wait for a
     * quarter of the {@code createTimeout}, where there is room, and not for the whole of it.
     */
    private record Begun<T>(Slot<T> slot, long stay, long slowAt) {
        boolean isOver() {
            return slot.stay() != stay;
        }
    }

    /** A refresh that waits for the last object made up to an epoch to go. */
    private record Renewal(long epoch, CompletableFuture<Void> done) {}
}
