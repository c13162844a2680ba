package io.dewpond.impl;

import io.dewpond.AcquireRejectedException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolDescription;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings objects and waiters together where that takes more than one step: the heart of the pool, and its only lock. What
 * takes one step only, to lend an idle object and to make it idle again, goes past it: see {@link SlotPool}.
 *
 * <h2>Why nobody waits while something is idle</h2>
 *
 * Whenever an object is idle and somebody waits, the head of the queue is signalled, and so will look; or somebody is
 * about to signal it. An object becomes idle in two ways. Past the lock: whoever does so looks at the {@link Beacon} next
 * and signals the head that is there. Under the lock: only when nobody waits, or while the pool is suspended. And a waiter
 * becomes the head in two ways. It joins an empty queue: that is shown on the beacon at the end of that step, before it
 * looks. It moves up: {@link Line#headChanged} looks whether anything is idle after the new head is there for everybody to
 * see, and signals it. In each pair one writes first and looks then, and so does the other; all of it is volatile, so one of
 * them sees the other.
 *
 * <h2>Why nobody starves</h2>
 *
 * Any thread that runs may take an idle object though others wait: that is what keeps a busy pool fast, for the head has
 * to be woken first. But when the head has waited for the {@link #GRACE_NANOS grace}, the pool is <i>starving</i>:
 * newcomers queue, and each release hands its object to the head, under the lock, until the head is young again. The head
 * says so itself when it wakes at the end of its grace; one that is older already when it moves up is found so there. A
 * release reads no clock for it but in a starving pool, where the next head has to be judged. A head that is signalled may
 * not come, for its thread may not get to run as long as those who overtake it do: when it is {@link #DOZE_NANOS} old by the
 * time that a release has read anyway, others say it, and serve it.
 *
 * All this needs a head that looks when it is signalled, and wakes by itself. What is done for one that has no thread to do
 * so stands in {@link FutureWaiter}.
 *
 * <h2>Why there are never more live objects than the maximum</h2>
 *
 * An object exists only in a place that is not empty, and a place is filled only while fewer than the maximum are.
 * Both change under the lock alone. The {@link Plan} is updated at the end of whatever changes demand or supply, and starts
 * as many creations as there are waiters and missing spares, beyond what is on its way already.
 *
 * <p>Why a creation may be elided stands in the {@link Plan}.
 *
 * <h2>How it is divided</h2>
 *
 * Here are the lock and the steps, each under it from beginning to end. What the steps are made of has no lock of its own
 * but belongs to this one: what is in force ({@link Terms}), whose turn it is ({@link Line}), what has to be made ({@link
 * Plan}) and what comes of it ({@link Creations}), what waits for places to become empty ({@link Vacancies}). Foreign code
 * never runs under the lock, save an admission policy, whose verdict is part of a step ({@link Doorkeeper}); what a
 * decision entails is collected in an {@link After} and done when the lock is free.
 */
final class Exchange<T> {
    /** How long the head may be overtaken. */
    static final long GRACE_NANOS = 1_000_000;
    /** How old a head may become that was signalled and doesn't get to run, before others act in its stead. */
    static final long DOZE_NANOS = 100 * GRACE_NANOS;
    /** Which part of its time a creation may use up before it counts as slow. */
    static final int SLOW_PART = 4;

    private final String name;
    private final Ticker ticker;
    private final Errands<T> errands;
    private final int maxWaiters;
    private final boolean failFast;
    private final boolean watchesLeases;
    private final @Nullable Allowance allowance;

    private final Slots<T> slots;
    private final StepLock lock;

    // All that follows belongs to the lock, save what says that anybody may read it.
    private final Places<T> places;
    private final WaitQueue<T> queue = new WaitQueue<>();
    private final Tally tally = new Tally();
    private final WarmUp<T> warmUp;
    private final Terms<T> terms;
    private final Vacancies<T> vacancies;
    private final Plan<T> plan;
    private final Line<T> line;
    private final Creations<T> creations;
    /** Whether nobody has asked for anything yet; only asked of a pool that shares a budget, and goes when it is unused. */
    private boolean fresh = true;
    /** Whether the maintenance looks for lost leases now and then, because somebody missed an object. */
    private boolean searched;

    Exchange(Slots<T> slots, Beacon beacon, PoolConfig<T> config, Errands<T> errands) {
        this(slots, beacon, config, errands, null);
    }

    Exchange(Slots<T> slots, Beacon beacon, PoolConfig<T> config, Errands<T> errands, @Nullable Allowance allowance) {
        this.allowance = allowance;
        this.slots = slots;
        this.errands = errands;
        name = config.name();
        ticker = config.ticker();
        maxWaiters = config.maxWaiters();
        failFast = config.failFast();
        watchesLeases =
                !config.overdueAfter().isZero() || !config.reclaimAfter().isZero();
        places = new Places<>(slots);
        terms = new Terms<>(config, places);
        vacancies = new Vacancies<>(terms, places, errands, allowance);
        plan = new Plan<>(config, terms, places, queue, errands, allowance);
        line = new Line<>(terms, slots, places, queue, plan, tally, beacon, errands, Doorkeeper.of(config, errands));
        warmUp = new WarmUp<>(config, terms, places, errands);
        creations = new Creations<>(config, terms, places, vacancies, plan, line, warmUp, tally);
        lock = new StepLock(this::endStep);
        places.extendTo(config.maxSize());
        line.show();
        if (allowance != null) {
            allowance.whenServed(() -> planAt(ticker.nanoTime()));
        }
    }

    // ---- Borrowers -------------------------------------------------------------------------------------------------

    /** Puts a borrower into the queue. */
    void enqueue(Waiter<T> waiter) {
        lock.run(after -> {
            fresh = false;
            terms.requireOpen();
            terms.requireHope();
            if (queue.size() >= maxWaiters) {
                tally.rejected++;
                throw new AcquireRejectedException(name, queue.size());
            }
            Throwable failure = plan.lastFailure();
            if (failFast && places.alive() == 0 && failure != null && plan.isBackingOff(waiter.since)) {
                throw new CreationFailedException(name, failure);
            }
            queue.add(waiter);
            if (queue.isSoonest(waiter)) {
                after.add(() -> errands.wakeAt(waiter.deadline));
            }
            search(waiter.since, after);
            if (!waiter.looks() && line.isHead(waiter)) {
                line.headChanged(waiter.since, after);
            }
            plan.update(0, waiter.since, after);
        });
    }

    /** Whether it is this waiter's turn to look. */
    boolean isHead(Waiter<T> waiter) {
        return line.isHead(waiter);
    }

    /**
     * The head has taken an idle object and leaves. False if it has an outcome, and so has left the queue before, or if the
     * object is not for it: then somebody else is to be offered it.
     */
    boolean served(Waiter<T> waiter, long now) {
        return lock.call(after -> line.isNext(waiter, after) && line.remove(waiter, now, after));
    }

    /** Takes a borrower out of the queue; false if it has an outcome, and so has left the queue before. */
    boolean withdraw(Waiter<T> waiter, boolean timedOut, long now) {
        return lock.call(after -> {
            boolean left = line.remove(waiter, now, after);
            tally.timedOut += left && timedOut ? 1 : 0;
            return left;
        });
    }

    /** If this waiter is the head, it has waited for too long: from now on nobody overtakes. */
    void starve(Waiter<T> waiter) {
        lock.run(after -> line.starve(waiter));
    }

    /**
     * Has the head look whether something is idle. Past the lock: whoever has made something idle calls this.
     *
     * @param now roughly the time, as it was before that: to read it here would have each release pay for it while anybody waits
     */
    void signalHead(long now) {
        Waiter<T> head = queue.head();
        if (head != null && head.looks()) {
            if (!head.signal() && now - head.since >= DOZE_NANOS) {
                lock.run(after -> line.relieve(head, after));
            }
        } else if (head != null) {
            lock.run(after -> line.fetch(head.since, after));
        }
    }

    /** Tells those waiters that can't see it themselves that their time is over; returns when to do so next. */
    long expire(long now) {
        return lock.call(after -> line.expireLate(now, after));
    }

    /** A place has become idle that perhaps should not have: takes the object back if it must not be lent again. */
    void reconsider(Slot<T> slot) {
        lock.run(after -> {
            DestroyReason refusal = terms.refusal(slot);
            long stay = refusal == null ? Slot.LOST : slot.tryTake();
            if (refusal != null && stay != Slot.LOST) {
                places.doom(slot);
                after.add(() -> errands.destroy(slot, stay, refusal));
            }
            warmUp.signal(after);
        });
    }

    /** A borrower who doesn't wait found nothing: have an object made for the next one, if there is room. */
    void missed(long now, boolean timedOut) {
        lock.run(after -> {
            fresh = false;
            terms.requireOpen();
            if (timedOut) {
                terms.requireHope();
            }
            tally.timedOut += timedOut ? 1 : 0;
            search(now, after);
            plan.update(1, now, after);
            plan.promise();
        });
    }

    /** Somebody is out of time who isn't in the queue. False if the pool is closed, which is what he is to be told then. */
    boolean countOut() {
        return lock.quietly(() -> {
            tally.timedOut += terms.closed ? 0 : 1;
            return !terms.closed;
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
        return lock.quietly(() -> searched = queue.head() != null);
    }

    /** A lease was garbage collected. */
    void lost() {
        lock.run(after -> tally.lost++);
    }

    /** A lease was out for too long, and was ended. */
    void reclaimed() {
        lock.run(after -> tally.reclaimed++);
    }

    // ---- Places ----------------------------------------------------------------------------------------------------

    /**
     * A place in maintenance has an object fit to be lent. Returns null if it was accepted, or if the stay was over
     * anyway; else why the object must be destroyed, which is then the caller's task. The time is read here, and not
     * before the lock: nobody is granted an object by a reading that was true when somebody began to wait for the lock.
     */
    @Nullable
    DestroyReason offer(Slot<T> slot, long stay) {
        return lock.call(after -> {
            if (slot.stay() != stay) {
                return null;
            }
            long now = ticker.nanoTime();
            DestroyReason refusal = terms.refusal(slot);
            if (refusal != null) {
                places.unexpect(slot);
                return refusal;
            }
            Waiter<T> next = line.awaiting(now, after);
            if (allowance != null && yields(allowance, next)) {
                slot.yields = true;
                plan.yielded();
                places.unexpect(slot);
                return DestroyReason.MADE_ROOM;
            }
            places.unexpect(slot); // only now: whoever moves up meanwhile may count on it
            if (next == null) {
                places.becomeIdle(slot, stay);
                if (slot.ageing) {
                    plan.update(0, now, after);
                }
            } else {
                next.grant(slot.lend(slot.mustPass(stay, State.LEASED), next.thread, now, next.site));
                line.remove(next, now, after);
                after.add(next::wake);
                if (watchesLeases) {
                    after.add(() -> errands.lent(now));
                }
            }
            warmUp.signal(after);
            return null;
        });
    }

    /** Looks at what is idle in a place, without taking it. */
    @Nullable
    Sighting<T> sight(int index, long now) {
        Slot<T> slot = slots.at(index);
        return slot == null ? null : slot.sight(now);
    }

    /** How many more objects are idle than the minimum. Takes no lock, so it is roughly true. */
    int idleBeyondMinimum() {
        return places.idle(Integer.MAX_VALUE, false) - terms.minIdle;
    }

    /** Takes what was seen into maintenance, to be validated or destroyed, unless it has gone meanwhile. */
    @Nullable
    Taken<T> takeIfStill(Sighting<T> seen) {
        return lock.quietly(() -> {
            long taken = terms.closed ? Slot.LOST : seen.slot().pass(seen.stay(), State.MAINTENANCE);
            if (taken == Slot.LOST) {
                return null;
            }
            places.expect(seen.slot());
            return new Taken<>(seen.slot(), taken);
        });
    }

    /** A borrower leaves a place that it took to be inspected first. */
    void expectFrom(Slot<T> slot) {
        lock.run(after -> places.expect(slot));
    }

    /** What was seen will soon be evicted: it doesn't count as a spare any more, so that another is made in time. */
    void age(Sighting<T> seen, long now) {
        lock.run(after -> {
            seen.slot().ageing |= seen.slot().stay() == seen.stay();
            plan.update(0, now, after);
        });
    }

    /** A place in maintenance won't have an object to lend: what is needed has to come from elsewhere. */
    void condemned(Slot<T> slot, long now) {
        lock.run(after -> {
            places.unexpect(slot);
            places.doom(slot);
            line.lookElsewhere(now, after);
            plan.update(0, now, after);
        });
    }

    /**
     * A place in maintenance has lost its object, for a reason or, if that is null, because it was detached. False if another
     * has settled that before.
     */
    boolean vacate(Slot<T> slot, long stay, @Nullable Ending ending, long now) {
        return lock.call(after -> {
            if (slot.stay() != stay) {
                return false;
            }
            if (ending != null) {
                tally.endings.add(ending);
            } else {
                tally.detached++;
            }
            vacancies.vacated(slot, stay, now, after);
            left(after);
            plan.update(0, now, after);
            return true;
        });
    }

    /** Claims a place for an object that was given; {@link #created} puts it there. */
    Taken<T> claim() {
        return lock.call(after -> places.beginCreation(terms.epoch));
    }

    /** The idle object that was used longest ago, if nobody waits here. Takes no lock: a guess. */
    @Nullable
    Resting<T> longestIdle() {
        Resting<T> longest = null;
        if (queue.head() == null) {
            for (Slot<T> slot = slots.seeIdle(0); slot != null; slot = slots.seeIdle(slot.index + 1)) {
                long stay = slot.stay();
                long usedAt = slot.usedAt();
                if (State.IDLE.is(stay) && (longest == null || usedAt - longest.usedAt() < 0)) {
                    longest = new Resting<>(this, slot, stay, usedAt);
                }
            }
        }
        return longest;
    }

    /** Takes what was seen idle, to be destroyed for the sake of other pools; false if it has gone or somebody waits for it. */
    boolean makeRoom(Slot<T> slot, long stay) {
        return lock.call(after -> {
            long taken = terms.closed || queue.head() != null ? Slot.LOST : slot.pass(stay, State.MAINTENANCE);
            if (taken == Slot.LOST) {
                return false;
            }
            slot.yields = true;
            plan.yielded();
            places.doom(slot);
            after.add(() -> errands.destroy(slot, taken, DestroyReason.MADE_ROOM));
            return true;
        });
    }

    // ---- Creations -------------------------------------------------------------------------------------------------

    /**
     * The creator thread has come to a creation. False if there is nothing to do: it has been given up before it began,
     * its object would be refused, or nobody needs it any more.
     */
    boolean beginsCreation(Slot<T> slot, long stay, long now) {
        return lock.call(after -> creations.begins(slot, stay, now, after));
    }

    /** The object has come; the caller owns the returned stay. LOST if the creation had been given up. */
    long created(Slot<T> slot, long stay, T object, long now) {
        return lock.call(after -> creations.created(slot, stay, object, now, after));
    }

    /** The creation has failed, and what it made, if anything, is destroyed by now; false if it had been given up. */
    boolean creationFailed(Slot<T> slot, long stay, Throwable cause, @Nullable Ending made, long now) {
        long leastDelay = Request.delayNanos(cause); // before the lock, for it is the user's code
        return lock.call(after -> creations.failed(slot, stay, cause, leastDelay, made, now, after));
    }

    /**
     * The creation overruns its time. Its place is free again, unless a former creation still haunts it: then the place
     * waits for one of the two, so that there are never more than two live objects a place.
     */
    boolean creationOverdue(Slot<T> slot, long stay, Throwable cause, long now) {
        return lock.call(after -> creations.overdue(slot, stay, cause, now, after));
    }

    /** A creation that was given up has ended after all; if it made an object, that is destroyed by now. */
    void exorcised(Slot<T> slot, @Nullable Ending made) {
        lock.run(after -> creations.exorcised(slot, made));
    }

    /** A new object turned out to be bad at its first lease. Said before its place is free, for which the next is delayed. */
    void firstLeaseFailed(Throwable cause, long now) {
        long leastDelay = Request.delayNanos(cause); // before the lock, for it is the user's code
        lock.run(after -> plan.failed(cause, leastDelay, now));
    }

    /** An object turned out to be good when it was lent. */
    void leaseSucceeded() {
        lock.run(after -> plan.succeeded());
    }

    // ---- Control ---------------------------------------------------------------------------------------------------

    void resize(int newMinIdle, int newMaxSize, long now) {
        lock.run(after -> {
            terms.requireOpen();
            terms.requireFactory("be resized");
            terms.minIdle = newMinIdle;
            terms.maxSize = newMaxSize;
            places.extendTo(newMaxSize);
            line.show();
            destroyIdle(terms.surplus(), DestroyReason.OPERATOR, after);
            warmUp.signal(after);
            plan.update(0, now, after);
        });
    }

    void evictIdle(long now) {
        lock.run(after -> {
            terms.requireOpen();
            terms.requireFactory("evict what is idle");
            destroyIdle(slots.size(), DestroyReason.OPERATOR, after);
            plan.update(0, now, after);
        });
    }

    /** From now on nothing is lent, but to those who saw the beacon before. */
    void suspend() {
        lock.run(after -> {
            terms.requireOpen();
            terms.suspended = true;
        });
    }

    /**
     * Objects are lent again. What became idle while the pool was suspended signalled nobody who would have taken it; so the
     * head is seen to as if it had just become the head, after it shows that the pool lends, and whoever is served has the
     * next one look. Who makes something idle past the lock meanwhile signals the head as ever, and a head that took that
     * signal before the resume showed is signalled again here.
     */
    void resume(long now) {
        lock.run(after -> {
            terms.requireOpen();
            if (terms.suspended) {
                terms.suspended = false;
                line.headChanged(now, after);
                plan.update(0, now, after);
            }
        });
    }

    CompletableFuture<Void> refresh(long now) {
        return lock.call(after -> {
            terms.requireOpen();
            terms.requireFactory("be refreshed");
            return renew(now, after);
        });
    }

    /**
     * As a refresh; what is made from then on is another factory's.
     *
     * @param adopt given the epoch that begins, and the oldest of which there is anything; called under the lock
     */
    CompletableFuture<Void> replaceFactory(Adoption adopt, long now) {
        return lock.call(after -> {
            terms.requireOpen();
            terms.requireFactory("be given a factory");
            terms.factoryEpoch = terms.epoch + 1;
            adopt.adopt(terms.factoryEpoch, vacancies.oldestEpoch());
            plan.factoryReplaced();
            return renew(now, after);
        });
    }

    /** What makes a new factory known in the step that begins its epoch. */
    interface Adoption {
        void adopt(long first, long oldest);
    }

    private CompletableFuture<Void> renew(long now, After after) {
        CompletableFuture<Void> done = vacancies.renew();
        line.show();
        destroyIdle(slots.size(), DestroyReason.OPERATOR, after);
        vacancies.completeRenewals(after);
        plan.update(0, now, after);
        return done.copy();
    }

    /** From now on nothing is lent or made; what is idle goes, and what comes is refused. */
    void close(long now) {
        lock.run(after -> {
            terms.closed = true;
            line.show();
            line.failAll(() -> new PoolClosedException(name), after);
            destroyIdle(slots.size(), DestroyReason.SHUTDOWN, after);
            for (Slot<T> slot : places.all()) {
                if (slot.stalled) {
                    places.endCreation(slot);
                    vacancies.vacated(slot, slot.stay(), now, after);
                }
            }
            warmUp.signal(after);
        });
    }

    boolean keepsSpares() {
        return terms.minIdle > 0;
    }

    boolean isClosed() {
        return lock.quietly(() -> terms.closed);
    }

    boolean isEmpty() {
        return lock.quietly(() -> places.occupied() == 0);
    }

    /** Whether nothing but leases keeps places from being empty. */
    boolean onlyLeasesLeft() {
        return lock.quietly(() ->
                places.all().stream().allMatch(slot -> slot.state() == State.EMPTY || slot.state() == State.LEASED));
    }

    /** Leases that are out now. One that is being given at this moment may be missing. */
    List<Holding<T>> holdings() {
        return slots.all().stream().map(Slot::holding).filter(Objects::nonNull).toList();
    }

    // ---- Maintenance and looking on --------------------------------------------------------------------------------

    /** Starts what is needed and possible at this time, such as a creation after a delay. */
    void planAt(long now) {
        lock.run(after -> plan.update(0, now, after));
    }

    /** Whether the spares are ready; registers the thread to be unparked when it is worth looking again. */
    boolean warmOrNotify(@Nullable Thread thread) {
        return lock.quietly(() -> {
            warmUp.register(thread);
            return terms.closed || warmUp.isWarm();
        });
    }

    /** Completed when the spares are ready. */
    CompletableFuture<Void> warmUp(long now) {
        return lock.call(after -> {
            terms.requireOpen();
            if (warmUp.isWarm()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> asked = warmUp.ask();
            line.show();
            warmUp.signal(after);
            plan.update(0, now, after);
            return asked.copy();
        });
    }

    /** Takes no lock: a thread that waits for the warm-up asks this right before it parks. */
    @Nullable
    Throwable lastFailure() {
        return plan.lastFailure();
    }

    PoolDescription describe(int abandonedCalls, long callbackFailures, List<LeaseHolder> holders, long now) {
        return lock.quietly(() -> new PoolDescription(
                name,
                tally.stats(terms, places, queue.size(), abandonedCalls, callbackFailures),
                holders,
                queue.first(PoolDescription.MOST_QUEUED, now),
                plan.lastFailure()));
    }

    PoolStats stats(int abandonedCalls, long callbackFailures) {
        return lock.quietly(() -> tally.stats(terms, places, queue.size(), abandonedCalls, callbackFailures));
    }

    // ---- Under the lock --------------------------------------------------------------------------------------------

    /** An object has left. Where it can't be replaced, its place goes too; with the last, all hope of those who wait. */
    private void left(After after) {
        if (terms.areFixed() && !terms.closed) {
            terms.shrinkIfFixed();
            int remaining = terms.maxSize;
            after.add(() -> Log.POOL.warn("Pool '{}': an object has left for good, {} are left", name, remaining));
            if (remaining == 0) {
                line.failAll(() -> Objects.requireNonNull(terms.spent()), after);
            }
        }
    }

    /** At the end of each step. */
    private void endStep(After after) {
        if (allowance != null) {
            settle(allowance, after);
        }
        line.show();
    }

    /**
     * Tells the budget what this step has made of things: what is missing; that something was left behind which could make
     * room; or that nothing is left here at all. Then the pool retires in this very step, and who comes later is told so.
     */
    private void settle(Allowance shared, After after) {
        fresh = fresh && places.occupied() == 0;
        boolean unused = isUnused(after);
        plan.settle(shared, unused, after);
        if (unused && !terms.retired) {
            terms.retired = !terms.closed;
            terms.closed = true;
            after.add(shared::leave);
        } else if (shared.isPressed() && queue.head() == null && slots.anyIdle()) {
            after.add(() -> shared.makeRoom(false));
        }
    }

    private boolean isUnused(After after) {
        if (fresh || queue.head() != null || places.occupied() > 0 || places.haunted() > 0) {
            return false;
        }
        if (terms.closed || plan.lastFailure() == null || !plan.isBackingOff(ticker.nanoTime())) {
            return true;
        }
        long retryAt = plan.retryAt();
        after.add(() -> errands.wakeAt(retryAt));
        return false;
    }

    /** Whether an object that is fit to be lent makes room for other pools instead. */
    private static <T> boolean yields(Allowance shared, @Nullable Waiter<T> head) {
        return shared.isPressed() && (head == null ? shared.beginYield() : shared.beginYieldBefore(head.since));
    }

    /** Lets the pool retire if nothing is left of it, though nobody has asked for anything yet. */
    void letGo() {
        lock.run(after -> fresh = false);
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
}
