package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Callback;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.LendingOrder;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolControl;
import io.dewpond.PoolDescription;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import io.dewpond.PoolTimings;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pool as its users see it: what a borrower's own thread does to get an object, to wait for one, and to give one
 * back. Who gets what is the {@link Exchange}'s business, the calls of callbacks that may hang the {@link Crew}'s, and
 * what has to be done in time the {@link Upkeep}'s.
 */
final class SlotPool<T> implements Pool<T> {
    /** Longer than anybody waits, and far from overflow when added to a reading of the time. */
    private static final Duration FOR_EVER = Duration.ofNanos(Clock.FAR_NANOS);

    private static final int MOST_HOLDERS = 5;

    /** On what a newcomer leaves what is idle alone, at least on the fast way. */
    private static final long UNLESS = Beacon.SHUT_TO_NEWCOMERS | Beacon.ORDERED;

    private final PoolConfig<T> config;
    private final Ticker ticker;
    private final Clock clock;
    private final @Nullable Slot<T>[] hints = ThreadHints.table();
    private final Slots<T> slots = new Slots<>(this);
    private final Beacon beacon = new Beacon();
    private final @Nullable Timings timings;
    private final Events<T> events;
    private final Inspector<T> inspector;
    private final boolean asksAtAcquire;
    private final boolean asksAtRelease;
    /** Whether leases are watched by more than their tether: their sites recorded, the overdue reported, or all timed. */
    private final boolean watchesLeases;

    /** The order in which idle objects are lent, where it isn't by place. */
    private final @Nullable Sequence<T> sequence;

    private final Exchange<T> exchange;
    private final Crew<T> crew;
    private final Vigil vigil;
    private final Sites sites;
    private final Upkeep<T> upkeep;
    private final FutureDesk<T> desk;
    private final Waits waits;
    private final PoolControl<T> control;
    /** What this pool may have of a budget that it shares with others, if it shares one. */
    private final @Nullable Allowance allowance;

    SlotPool(PoolConfig<T> config) {
        this(config, Workers::new);
    }

    SlotPool(PoolConfig<T> config, Workers.Hiring hiring) {
        this(config, hiring, new Events<>(config, Timings.of(config)), null);
    }

    SlotPool(PoolConfig<T> config, Workers.Hiring hiring, Events<T> events, @Nullable Allowance allowance) {
        this.config = config;
        this.events = events;
        this.allowance = allowance;
        ticker = config.ticker();
        timings = events.timings();
        clock = new Clock(ticker, timings != null);
        sequence = config.lendingOrder() == LendingOrder.LOWEST ? null : new Sequence<>(config.lendingOrder());
        inspector = new Inspector<>(config, events, allowance != null || sequence != null);
        asksAtAcquire = inspector.asksAtAcquire();
        asksAtRelease = inspector.asksAtRelease();
        crew = new Crew<>(slots, beacon, config, inspector, events, hiring, this::wakeUpkeep, allowance);
        exchange = crew.exchange();
        vigil = crew.vigil();
        sites = new Sites(config.siteSampling());
        watchesLeases = sites.areRecorded() || vigil.isKept() || timings != null;
        LeaseWatch<T> watch =
                new LeaseWatch<>(config.name(), config.maintenanceInterval().toNanos(), slots, crew, vigil, events);
        upkeep = new Upkeep<>(config, exchange, crew, watch, inspector.looksAtIdle());
        desk = new FutureDesk<>(exchange, crew, ticker, sites, waited -> timedOut(waited, false), this::told);
        waits = new Waits(events.flight(), timings, ticker);
        control = new Operator<>(exchange, upkeep, crew.factories(), inspector, this::describe, ticker);
    }

    /** Starts the maintenance, which starts the creation of the spares, and waits for them if asked. */
    void start() {
        List<T> given = config.factory() instanceof Stock<T> stock ? stock.take() : List.of();
        upkeep.start(registered());
        given.forEach(crew::give);
        if (!config.warmUp().isZero() && config.minIdle() > 0) {
            try {
                warmUp(ticker.nanoTime() + config.warmUp().toNanos());
            } finally {
                exchange.warmOrNotify(null);
            }
        }
    }

    /** Shows the pool to JMX if asked to; what is returned takes it out again. */
    private Runnable registered() {
        if (!config.registerMXBean()) {
            return () -> {};
        }
        try {
            return Management.register(this);
        } catch (LinkageError absent) {
            throw new IllegalStateException(
                    "Pool '" + config.name()
                            + "' can't be opened: registerMXBean is true, but the module java.management "
                            + "is not there",
                    absent);
        }
    }

    private void warmUp(long deadline) {
        while (!exchange.warmOrNotify(Thread.currentThread())) {
            Throwable failure = exchange.lastFailure();
            long left = deadline - ticker.nanoTime();
            if (left <= 0 || (failure != null && config.failFast())) {
                upkeep.closeAndWait(Duration.ZERO);
                throw new CreationFailedException(
                        config.name(),
                        failure != null ? failure : new TimeoutException("no warm-up within " + config.warmUp()));
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            ticker.parkUntil(this, deadline);
        }
    }

    private void wakeUpkeep(long at) {
        upkeep.wakeAt(at);
    }

    // ---- Acquire ---------------------------------------------------------------------------------------------------

    @Override
    public Lease<T> acquire(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long now = clock.about();
        SlotLease<T> lease = leaseForNewcomer(now);
        return lease != null ? lease : join(timeout);
    }

    /** Acquires for one whose last object turned out to be bad, and whose time has run since he came. */
    SlotLease<T> acquireAgain(long since, long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        SlotLease<T> lease = leaseInTime(deadline);
        return lease != null ? lease : join(new Waiter<>(since, deadline, sites.sample()));
    }

    /** The same for a future. */
    CompletableFuture<Lease<T>> acquireAsyncAgain(long since, long deadline) {
        SlotLease<T> lease = leaseInTime(deadline);
        return lease != null ? CompletableFuture.completedFuture(lease) : desk.join(since, deadline);
    }

    private @Nullable SlotLease<T> leaseInTime(long deadline) {
        boolean late = deadline - ticker.nanoTime() <= 0;
        return late ? null : leaseNext(Beacon.SHUT_TO_NEWCOMERS, clock.about(), null);
    }

    @Override
    public CompletableFuture<Lease<T>> acquireAsync(Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        long now = clock.about();
        SlotLease<T> lease = leaseForNewcomer(now);
        return lease != null ? CompletableFuture.completedFuture(lease) : joinLater(saturated(timeout));
    }

    @Override
    public Optional<Lease<T>> tryAcquire() {
        long now = clock.about();
        SlotLease<T> lease = leaseForNewcomer(now);
        if (lease == null) {
            exchange.missed(ticker.nanoTime(), false);
        }
        return Optional.ofNullable(lease);
    }

    private @Nullable SlotLease<T> leaseForNewcomer(long now) {
        SlotLease<T> lease = leaseFit(UNLESS, now, null);
        return lease == null && sequence != null ? leaseInOrder(sequence, Beacon.SHUT_TO_NEWCOMERS, now, null) : lease;
    }

    /**
     * Lends an idle object that is fit to be lent at once: the one that this thread had last or, if that has cooled down,
     * the lowest; so that under a light load the high places stay idle and grow old. One that the policy evicts is discarded;
     * one that needs a validation is sent there, and will go to whoever heads the queue then.
     *
     * <p>What a load costs here is that it waits for the compare-and-set before it; so the fewer follow from one another,
     * the better. It returns the lease and not the slot, or the stay would have to be read again.
     *
     * @param unless on which of the beacon's flags nothing is taken
     * @param now roughly the time
     * @param head who has waited for it, or null for one who has just come
     * @return the lease, or null
     */
    private @Nullable SlotLease<T> leaseFit(long unless, long now, @Nullable Waiter<T> head) {
        Thread borrower = Thread.currentThread();
        while (true) {
            long shown = beacon.word();
            if (Beacon.has(shown, unless)) {
                return null;
            }
            Slot<T> slot = hints[ThreadHints.entry(borrower)];
            long stay;
            String why;
            if (slot == null || !slot.isWarm(now) || (stay = slot.tryLease()) == Slot.LOST) {
                slot = search(borrower);
                if (slot == null) {
                    return null;
                }
                stay = slot.stay(); // this thread's: nobody else knows of it yet
            }
            if (Beacon.has(shown, Beacon.ROOM) && exchange.keepsSpares()) {
                exchange.planAt(now);
            }
            if (slot.epoch < Beacon.epoch(shown)) {
                crew.discard(slot, stay, DestroyReason.OPERATOR);
            } else if (asksAtAcquire && (why = inspector.eviction(slot, now)) != null) {
                crew.evict(slot, stay, why);
            } else if (asksAtAcquire && inspector.needsValidationBeforeLease(slot, now)) {
                crew.inspectForBorrower(slot, slot.mustPass(stay, State.MAINTENANCE));
                return null;
            } else {
                return watchesLeases ? lendWatched(slot, stay, now, head) : slot.lend(stay, borrower, now, null);
            }
        }
    }

    /** Off the fast way: in whatever order the pool lends. */
    private @Nullable SlotLease<T> leaseNext(long unless, long now, @Nullable Waiter<T> head) {
        return sequence == null ? leaseFit(unless, now, head) : leaseInOrder(sequence, unless, now, head);
    }

    /** As {@link #leaseFit}, but the idle object whose turn it is. Apart from it, so that no other pool pays for this. */
    private @Nullable SlotLease<T> leaseInOrder(Sequence<T> order, long unless, long now, @Nullable Waiter<T> head) {
        while (true) {
            long shown = beacon.word();
            Taken<T> next = Beacon.has(shown, unless) ? null : order.lease(slots);
            if (next == null) {
                return null;
            }
            Slot<T> slot = next.slot();
            long stay = next.stay();
            if (Beacon.has(shown, Beacon.ROOM) && exchange.keepsSpares()) {
                exchange.planAt(now);
            }
            boolean outdated = slot.epoch < Beacon.epoch(shown);
            String why = outdated ? null : inspector.eviction(slot, now);
            if (outdated) {
                crew.discard(slot, stay, DestroyReason.OPERATOR);
            } else if (why != null) {
                crew.evict(slot, stay, why);
            } else if (inspector.needsValidationBeforeLease(slot, now)) {
                crew.inspectForBorrower(slot, slot.mustPass(stay, State.MAINTENANCE));
                return null;
            } else {
                return watchesLeases
                        ? lendWatched(slot, stay, now, head)
                        : slot.lend(stay, Thread.currentThread(), now, null);
            }
        }
    }

    private SlotLease<T> lendWatched(Slot<T> slot, long stay, long now, @Nullable Waiter<T> head) {
        SlotLease<T> lease = slot.lend(stay, Thread.currentThread(), now, head == null ? sites.sample() : head.site);
        vigil.lent(now);
        if (timings != null && head == null) {
            timings.waited(0); // a head's wait is over when it has the lease in its hands
        }
        return lease;
    }

    /** Leases the lowest idle object, and remembers it for the thread's next time; or null. */
    private @Nullable Slot<T> search(Thread borrower) {
        for (Slot<T> slot = slots.nextIdle(0); slot != null; slot = slots.nextIdle(slot.index + 1)) {
            if (slot.tryLease() != Slot.LOST) {
                hints[ThreadHints.entry(borrower)] = slot;
                return slot;
            }
        }
        return null;
    }

    private SlotLease<T> join(Duration timeout) throws InterruptedException {
        return waits.areWatched() ? waits.watch(() -> queue(timeout)) : queue(timeout);
    }

    private CompletableFuture<Lease<T>> joinLater(long nanos) {
        return waits.areWatched() ? waits.watchLater(() -> desk.join(nanos)) : desk.join(nanos);
    }

    /** Joins the queue, unless the borrower doesn't wait. */
    private SlotLease<T> queue(Duration timeout) throws InterruptedException {
        long now = ticker.nanoTime();
        if (timeout.isNegative() || timeout.isZero()) {
            exchange.missed(now, true);
            throw told(timedOut(Duration.ZERO, true));
        }
        return join(new Waiter<>(now, now + saturated(timeout), sites.sample()));
    }

    private SlotLease<T> join(Waiter<T> waiter) throws InterruptedException {
        try {
            exchange.enqueue(waiter);
        } catch (PoolException refused) {
            throw told(refused);
        }
        return await(waiter);
    }

    /**
     * Waits for the outcome, and as the head looks for idle objects as well. Who is out of time or interrupted withdraws;
     * where that comes too late, the outcome is there, and an object that was granted in that instant is used by the one
     * who is out of time, but given on by the one who was interrupted.
     */
    private SlotLease<T> await(Waiter<T> waiter) throws InterruptedException {
        while (true) {
            SlotLease<T> lease = waiter.lease();
            if (Thread.interrupted()) {
                if (!exchange.withdraw(waiter, false, ticker.nanoTime())) {
                    giveOn(waiter.lease());
                }
                throw new InterruptedException();
            }
            if (lease != null) {
                return lease;
            }
            Supplier<PoolException> failure = waiter.failure();
            if (failure != null) {
                throw told(failure.get());
            }
            long now = ticker.nanoTime();
            if (waiter.hasExpired() || (waiter.deadline - now <= 0 && exchange.withdraw(waiter, true, now))) {
                throw told(timedOut(Duration.ofNanos(now - waiter.since), true));
            }
            waiter.takeSignal();
            SlotLease<T> found = exchange.isHead(waiter) ? lookAsHead(waiter, now) : null;
            if (found != null) {
                return found;
            }
            waitOn(waiter, now);
        }
    }

    /** Leases an idle object for the head of the queue; null if there is none, or if the head has been served meanwhile. */
    private @Nullable SlotLease<T> lookAsHead(Waiter<T> head, long now) {
        SlotLease<T> found = leaseNext(Beacon.SHUT_TO_THE_HEAD, now, head);
        if (found == null) {
            if (Beacon.has(beacon.word(), Beacon.ROOM)) {
                exchange.planAt(now); // what the last plan took for its due may have gone to another
            }
            return null;
        }
        head.provided = true; // or what is planned before it has left would count it
        if (exchange.served(head, now)) {
            return found;
        }
        head.provided = false;
        found.giveOn(); // it was granted another in this instant, or this one is for another
        exchange.planAt(now);
        return null;
    }

    /**
     * Parks until the deadline. A waiter that can still be overtaken, or will be when its turn comes, wakes when that must
     * end; if it is the head then, the pool is starving from then on. What was released before everybody knew is not lost:
     * the head has been signalled.
     */
    private void waitOn(Waiter<T> waiter, long now) {
        long graceEnds = waiter.since + Exchange.GRACE_NANOS;
        boolean young = graceEnds - now > 0;
        if (!young && !isStarving()) {
            exchange.starve(waiter);
        }
        // Who ends the starving while this waiter heads the queue sees that it isn't watchful, or this sees that it
        // ended.
        waiter.watchful = false;
        boolean watches = young && !isStarving();
        waiter.watchful = watches;
        // Asked right here: to wait for the lock, above, may have used up the permit that came with the news.
        if (waiter.hasNews()) {
            return;
        }
        ticker.parkUntil(waiter, watches && graceEnds - waiter.deadline < 0 ? graceEnds : waiter.deadline);
    }

    /** Nobody has used the object, so it needs no reset. */
    private void giveOn(@Nullable SlotLease<T> lease) {
        if (lease != null) {
            lease.giveOn();
        }
    }

    void giveOn(Slot<T> slot, long stay) {
        slot.used(ticker.nanoTime());
        crew.offer(slot, stay);
    }

    /**
     * The hook found an object bad that was about to be lent. If it was new, there is no hurry to make another that may be no
     * better; if not, the others that are idle may be as bad.
     */
    void refused(Slot<T> slot, long stay, Throwable cause) {
        if (slot.isNew()) {
            exchange.firstLeaseFailed(cause, ticker.nanoTime());
        } else {
            inspector.suspectAll();
        }
        crew.discard(slot, stay, DestroyReason.HOOK_FAILED);
    }

    void takenBack(Slot<T> slot, long stay) {
        releaseWithCare(slot, stay, beacon);
    }

    /** Zero for what is negative, and never so much that adding it to a reading of the time overflows. */
    static long saturated(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : duration.toNanos();
    }

    /** @param here whether it is this thread that gives up */
    private AcquireTimeoutException timedOut(Duration waited, boolean here) {
        long now = ticker.nanoTime();
        PoolStats stats = stats();
        List<Holding<T>> holdings = exchange.holdings();
        boolean selfDeadlock = here
                && stats.maxSize() > 0
                && holdings.size() >= stats.maxSize()
                && holdings.stream().allMatch(held -> held.borrower() == Thread.currentThread());
        List<LeaseHolder> holders =
                oldestFirst(holdings, now).limit(MOST_HOLDERS).toList();
        Throwable cause = exchange.lastFailure();
        if (cause == null && allowance != null && stats.total() < stats.maxSize()) {
            cause = allowance.shortage();
        }
        return new AcquireTimeoutException(config.name(), waited, stats, holders, selfDeadlock, cause);
    }

    private static <T> Stream<LeaseHolder> oldestFirst(List<Holding<T>> holdings, long now) {
        return holdings.stream()
                .map(held -> held.at(now))
                .sorted(Comparator.comparing(LeaseHolder::held).reversed());
    }

    private PoolException told(PoolException failure) {
        events.acquireFailed(failure);
        return failure;
    }

    /** Whether nobody may overtake, because the head has waited for too long. */
    boolean isStarving() {
        return Beacon.has(beacon.word(), Beacon.STARVING);
    }

    // ---- The end of a lease ----------------------------------------------------------------------------------------

    /**
     * Ends a lease by its close. If nobody has to be asked and nothing is out of the ordinary, that takes one step: the
     * compare-and-set that makes the object idle. What is out of the ordinary is looked for before, for the sake of order:
     * a starving pool hands the object to its head; and after, for the sake of safety.
     */
    void release(Slot<T> slot, long stay) {
        long now = clock.about();
        Beacon beacon = this.beacon; // a field would be read anew after the compare-and-set
        if ((asksAtRelease && inspector.looksAtReleased(slot, now)) || !ordinary(beacon.word(), slot.epoch)) {
            long taken = slot.takeBack(stay);
            if (taken != Slot.LOST) {
                measure(slot, now);
                releaseWithCare(slot, taken, beacon);
            }
            return;
        }
        long epoch = slot.epoch;
        if (slot.putBack(stay, now)) {
            becameIdle(slot, epoch, beacon, now);
        }
    }

    /** Whether an object of this epoch may become idle past the lock. */
    private static boolean ordinary(long shown, long epoch) {
        return (shown & ~(Beacon.ROOM | Beacon.QUEUE | Beacon.SUSPENDED | Beacon.ORDERED)) == Beacon.word(epoch, 0);
    }

    private void becameIdle(Slot<T> slot, long epoch, Beacon beacon, long now) {
        slots.mark(slot);
        long shown = beacon.word();
        if (Beacon.has(shown, Beacon.QUEUE)) {
            exchange.signalHead(now);
        }
        if (!ordinary(shown, epoch)) {
            exchange.reconsider(slot);
        }
    }

    private void releaseWithCare(Slot<T> slot, long stay, Beacon beacon) {
        if (!inspector.reset(slot)) {
            crew.discard(slot, stay, DestroyReason.RESET_FAILED);
        } else if (!inspector.validOnRelease(slot, stay)) {
            crew.discard(slot, stay, DestroyReason.INVALID);
        } else {
            long now = clock.about();
            slot.used(now);
            ranked(slot);
            long epoch = slot.epoch;
            String why = inspector.eviction(slot, now);
            if (why != null) {
                crew.evict(slot, stay, why);
            } else if (ordinary(beacon.word(), epoch) && !isPressed()) {
                slot.putBackFromMaintenance(stay);
                becameIdle(slot, epoch, beacon, now);
                if (allowance != null && isPressed()) { // by one who looked for what is idle before
                    allowance.makeRoom(false);
                }
            } else {
                crew.offer(slot, stay);
            }
        }
    }

    /** A borrower has ended a lease; the caller owns the slot. */
    private void measure(Slot<T> slot, long now) {
        if (timings != null) {
            timings.held(now - slot.lentSince());
        }
    }

    /** The object is used or new: where that counts, it comes last from now on. For the slot's owner. */
    void ranked(Slot<T> slot) {
        if (sequence != null) {
            sequence.released(slot);
        }
    }

    /** Whether those who wait for other pools want an object of this one to make room. */
    private boolean isPressed() {
        return allowance != null && allowance.isPressed();
    }

    void invalidate(Slot<T> slot, long stay, @Nullable Throwable cause) {
        Log.POOL.debug("Pool '{}': a borrower invalidated an object", config.name(), cause);
        measure(slot, ticker.nanoTime());
        crew.discard(slot, stay, DestroyReason.INVALIDATED);
    }

    void detach(Slot<T> slot, long stay) {
        long now = ticker.nanoTime();
        measure(slot, now);
        exchange.vacate(slot, stay, null, now);
    }

    // ---- For the hook ----------------------------------------------------------------------------------------------

    Crew<T> crew() {
        return crew;
    }

    /** What the hook threw counts; and if it says so, the thread is interrupted. */
    void hookFailed(Throwable cause) {
        inspector.failed(Callback.BEFORE_LEND, cause);
    }

    void hookPassed() {
        if (exchange.lastFailure() != null) {
            exchange.leaseSucceeded();
        }
    }

    /** For a future whose time was over before its object was ready. */
    PoolException outOfTime(long since) {
        return told(
                exchange.countOut()
                        ? timedOut(Duration.ofNanos(ticker.nanoTime() - since), false)
                        : new PoolClosedException(config.name()));
    }

    // ---- The rest --------------------------------------------------------------------------------------------------

    @Override
    public PoolStats stats() {
        return exchange.stats(crew.abandoned(), inspector.failures());
    }

    private PoolDescription describe() {
        long now = ticker.nanoTime();
        return exchange.describe(
                crew.abandoned(),
                inspector.failures(),
                oldestFirst(exchange.holdings(), now).toList(),
                now);
    }

    @Override
    public Optional<PoolTimings> timings() {
        return timings == null ? Optional.empty() : Optional.of(timings.snapshot());
    }

    /** How much has been handed to the pool's own threads so far. */
    long submissions() {
        return crew.submissions();
    }

    /** The idle object that was used longest ago, if nobody waits here. Takes no lock: a guess. */
    @Nullable
    Resting<T> longestIdle() {
        return exchange.longestIdle();
    }

    /** Lets a pool go that shares a budget, if nothing is left of it. */
    void letGo() {
        exchange.letGo();
    }

    /** Nothing is left of the pool: its threads and its maintenance end. */
    void retire() {
        upkeep.retire();
    }

    @Override
    public PoolConfig<T> config() {
        return config;
    }

    @Override
    public PoolControl<T> control() {
        return control;
    }

    @Override
    public void close() {
        upkeep.closeAndWait(config.drainTimeout());
    }

    @Override
    public String toString() {
        return "pool '" + config.name() + "'";
    }
}
