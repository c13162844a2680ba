package io.dewpond.testkit;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.Callback;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.Hook;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.ObjectFactory;
import io.dewpond.ObjectInfo;
import io.dewpond.Pool;
import io.dewpond.PoolClosedException;
import io.dewpond.PoolConfig;
import io.dewpond.PoolControl;
import io.dewpond.PoolDescription;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import io.dewpond.PoolTimings;
import io.dewpond.Resetter;
import io.dewpond.Ticker;
import io.dewpond.Validator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plainest pool that keeps the whole contract: what other pools are compared with, not what to use.
 *
 * <p>One lock guards everything; every change ends in {@link #settle}, which does all that can be done now. Each
 * callback runs on a daemon thread of its own ({@link Errand}), never under the lock. One thread, the keeper, does what
 * time brings about. Names of threads begin with {@code reference-}.
 *
 * @param <T> what the pool lends
 */
public class ReferencePool<T> implements Pool<T>, PoolControl<T> {
    private final PoolConfig<T> config;
    private final Ticker ticker;
    private final Events<T> events;
    private final Thread keeper;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Moments moments;

    // All below is guarded by the lock of the moments.
    final NavigableMap<Integer, Place<T>> places = new TreeMap<>();
    private final Deque<Waiter<T>> waiters = new ArrayDeque<>();
    private final Doorkeeper<T> doorkeeper;
    private final Map<CompletableFuture<Void>, Set<Place<T>>> refreshes = new HashMap<>();
    private final Errands errands;
    private final BackOff backOff;
    private final WarmUps warmUps = new WarmUps();
    private final Times waits;
    private final Times holds;
    private final Times creations;
    private int minIdle;
    private int maxSize;
    private ObjectFactory<T> factory;
    /** How many idle objects the policy is asked about at this moment. */
    private int judged;

    /** How many releases and creations there were. */
    private long order;

    private boolean closed;
    private boolean suspended;
    private long drainEnd;
    private @Nullable Thread opener;
    private long acquired;
    private long timedOut;
    private long rejected;
    private long created;
    private long creationFailures;
    private final Verdicts verdicts;
    private final LendingHook<T> hook;
    private long detached;
    private long callbackFailures;
    private long lost;
    private long reclaimed;

    ReferencePool(PoolConfig<T> config) {
        this.config = config.requireValid();
        String threadPrefix = "reference-" + config.name() + "-";
        ticker = config.ticker();
        factory = config.factory();
        events = new Events<>(config.listener(), threadPrefix + "events");
        moments = new Moments(ticker);
        errands = new Errands(moments, threadPrefix);
        verdicts = verdicts();
        hook = new LendingHook<>(this, moments, errands);
        backOff = new BackOff(config, moments);
        waits = new Times(config.timings());
        holds = new Times(config.timings());
        creations = new Times(config.timings());
        doorkeeper = new Doorkeeper<>(config, this::shed, thrown -> failed(Callback.ADMIT, thrown));
        minIdle = config.minIdle();
        maxSize = config.maxSize();
        keeper = new Thread(this::keep, threadPrefix + "keeper");
        keeper.setDaemon(true);
    }

    /**
     * Opens a pool.
     *
     * @param config how it is to behave
     * @param <T> what it lends
     * @return the pool
     * @throws IllegalArgumentException if the configuration has {@linkplain PoolConfig#problems() problems}
     * @throws CreationFailedException if the pool is to be {@linkplain PoolConfig#warmUp() warmed up} and that fails
     */
    public static <T> ReferencePool<T> open(PoolConfig<T> config) {
        ReferencePool<T> pool = new ReferencePool<>(config);
        pool.start();
        return pool;
    }

    void start() {
        keeper.start();
        long warmUp = config.warmUp().toNanos();
        long start = ticker.nanoTime();
        moments.locked(() -> opener = Thread.currentThread());
        while (warmUp > 0 && stats().idle() < config.minIdle()) {
            long left = warmUp - (ticker.nanoTime() - start);
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                CompletableFuture<Void> unused = shutdown(Duration.ZERO);
                Throwable cause = moments.locked(backOff::last);
                throw new CreationFailedException(
                        config.name(), cause != null ? cause : new TimeoutException("the warm-up is over"));
            }
            ticker.parkUntil(this, start + warmUp);
        }
    }

    /** What keeps count of the destroyed. */
    Verdicts verdicts() {
        return new Verdicts();
    }

    // Lending

    @Override
    public Lease<T> acquire(Duration timeout) throws InterruptedException {
        long nanos = nanos(timeout);
        long start = ticker.nanoTime();
        ReferenceLease<T> lease = acquire(start, nanos);
        while (!isReady(lease)) {
            lease = acquire(start, nanos);
        }
        return lease;
    }

    private ReferenceLease<T> acquire(long start, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean late = nanos > 0 && nanos <= ticker.nanoTime() - start;
        ReferenceLease<T> ready = late ? null : lendIdle();
        if (ready != null) {
            return ready;
        }
        return nanos > 0 ? await(enqueue(new Waiter<>(start, nanos, site(), null))) : notAtOnce(true);
    }

    @Override
    public Optional<Lease<T>> tryAcquire() {
        ReferenceLease<T> ready = lendIdle();
        while (ready != null && !isReady(ready)) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            ready = lendIdle();
        }
        if (ready == null) {
            moments.locked(() -> settle(null, waiters.isEmpty() ? 1 : 0));
        }
        return Optional.ofNullable(ready);
    }

    /** Whether the hook finds the object of a new lease good, and the lease is on still. */
    boolean isReady(ReferenceLease<T> lease) {
        return hook.passes(lease);
    }

    /** The hook is done; if it failed, the lease has been none. False if the borrower has no lease after that. */
    boolean hooked(ReferenceLease<T> lease, @Nullable Throwable failure) {
        if (failure == null) {
            backOff.succeeded();
            return !lease.loan.ended;
        }
        if (!lease.loan.ended) {
            lease.loan.ended = true;
            acquired--;
            if (lease.place.unlent() == 0) {
                backOff.failed(failure);
            }
            returned(lease.place);
            offer(lease.place, Verdict.of(DestroyReason.HOOK_FAILED));
        }
        return false;
    }

    /** The same for a future: it is completed, or asks again as long as it has time. */
    void hookedLater(Waiter<T> waiter, @Nullable ReferenceLease<T> lease) {
        waiter.lease = lease;
        if (lease == null && closed) {
            waiter.failure = () -> new PoolClosedException(config.name());
        } else if (lease == null && (waiter.nanos == 0 || untilExpiry(waiter) <= 0)) {
            timedOut++;
            waiter.failure = () -> timeout(Duration.ofNanos(moments.now() - waiter.start), false);
        } else if (lease == null && !Objects.requireNonNull(waiter.future).isDone()) {
            waiters.add(waiter);
            settle(null, 0);
            return;
        }
        complete(waiter);
        settle(null, 0); // a shutdown may have waited for the hook
    }

    /** Lends the next idle object that needs no validation, if nobody waits; the policy judges it first. */
    private @Nullable ReferenceLease<T> lendIdle() {
        while (true) {
            Place<T> place = moments.locked(() -> {
                refuseIfClosed();
                return waiters.isEmpty() && mayLend() ? takeNextReady() : null;
            });
            if (place == null) {
                return null;
            }
            Verdict verdict = evicted(eviction(place));
            ReferenceLease<T> lease = moments.locked(() -> {
                if (verdict == null && !mustGo(place) && mayLend()) {
                    ReferenceLease<T> lent = lend(place, Thread.currentThread(), site());
                    waits.add(0);
                    settle(null, 0);
                    return lent;
                }
                offer(place, verdict);
                return null;
            });
            if (lease != null) {
                return lease;
            }
        }
    }

    private @Nullable Place<T> takeNextReady() {
        Place<T> next = places.values().stream()
                .filter(place -> place.state == Place.State.IDLE && !needsValidation(place))
                .min(order())
                .orElse(null);
        if (next != null) {
            next.state = Place.State.INSPECTED;
        }
        return next;
    }

    /** In which order idle objects are lent. */
    Comparator<Place<T>> order() {
        return switch (config.lendingOrder()) {
            case LOWEST -> Comparator.comparing(place -> place.slot);
            case FIFO -> Comparator.comparing(Place::order);
            case LIFO -> Comparator.<Place<T>, Long>comparing(Place::order).reversed();
        };
    }

    private ReferenceLease<T> notAtOnce(boolean here) {
        return moments.locked(() -> {
            refuseIfClosed();
            settle(null, waiters.isEmpty() ? 1 : 0);
            timedOut++;
            throw told(timeout(Duration.ZERO, here));
        });
    }

    @Override
    public CompletableFuture<Lease<T>> acquireAsync(Duration timeout) {
        long nanos = nanos(timeout);
        CompletableFuture<Lease<T>> future = new CompletableFuture<>();
        Waiter<T> waiter = new Waiter<>(ticker.nanoTime(), nanos, site(), future);
        try {
            ReferenceLease<T> ready = lendIdle();
            if (ready != null && hook.isThere()) {
                moments.locked(() -> hook.passLater(waiter, ready));
            } else if (ready != null || nanos <= 0) {
                return CompletableFuture.completedFuture(ready != null ? ready : notAtOnce(false));
            }
            if (ready == null) {
                enqueue(waiter);
            }
        } catch (PoolException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        CompletableFuture<?> unused = future.whenComplete((lease, failure) -> moments.locked(() -> giveUp(waiter)));
        return future;
    }

    /** Has the outcome seen by whoever waits. A future is completed on a thread of its own. */
    private void settled(Waiter<T> waiter) {
        ReferenceLease<T> granted = waiter.lease;
        if (waiter.future == null) {
            LockSupport.unpark(waiter.thread);
        } else if (granted != null && hook.isThere()) {
            hook.passLater(waiter, granted);
        } else {
            complete(waiter);
        }
    }

    private void complete(Waiter<T> waiter) {
        CompletableFuture<Lease<T>> future = Objects.requireNonNull(waiter.future);
        Lease<T> lease = waiter.lease;
        Supplier<PoolException> failure = waiter.failure;
        Thread courier =
                new Thread(() -> deliver(waiter, future, lease, failure), "reference-" + config.name() + "-courier");
        courier.setDaemon(true);
        courier.start();
    }

    private void deliver(
            Waiter<T> waiter,
            CompletableFuture<Lease<T>> future,
            @Nullable Lease<T> lease,
            @Nullable Supplier<PoolException> failure) {
        if (failure != null) {
            future.completeExceptionally(moments.locked(() -> told(failure.get())));
        } else if (lease != null && future.complete(lease)) {
            moments.locked(() -> waits.add(waited(waiter)));
        } else if (lease != null) {
            moments.locked(() -> {
                acquired--; // nobody got it
            });
            lease.close();
        }
    }

    /** Fails those whose time is over: threads that are late to see it, and futures that can't. */
    private void expireWaiters() {
        for (Waiter<T> waiter : List.copyOf(waiters)) {
            if (untilExpiry(waiter) <= 0) {
                giveUp(waiter);
                timedOut++;
                waiter.failure = () -> timeout(Duration.ofNanos(moments.now() - waiter.start), waiter.future == null);
                settled(waiter);
            }
        }
    }

    private long untilExpiry(Waiter<T> waiter) {
        return waiter.nanos - (moments.now() - waiter.start);
    }

    private Waiter<T> enqueue(Waiter<T> waiter) {
        return moments.locked(() -> {
            refuseIfClosed();
            Throwable last = backOff.last();
            if (config.failFast() && isNothingAlive() && last != null && backOff.nanosLeft() > 0) {
                throw told(new CreationFailedException(config.name(), last));
            }
            if (waiters.size() >= config.maxWaiters()) {
                rejected++;
                throw told(new AcquireRejectedException(config.name(), waiters.size()));
            }
            waiters.add(waiter);
            settle(null, 0);
            return waiter;
        });
    }

    private ReferenceLease<T> await(Waiter<T> waiter) throws InterruptedException {
        while (true) {
            long left = waiter.nanos - (ticker.nanoTime() - waiter.start);
            moments.begin();
            try {
                if (waiter.failure != null) {
                    throw told(waiter.failure.get());
                }
                if (waiter.lease != null) {
                    waits.add(waited(waiter));
                    return waiter.lease;
                }
                if (Thread.interrupted()) {
                    giveUp(waiter);
                    throw new InterruptedException();
                }
                if (left <= 0) {
                    giveUp(waiter);
                    timedOut++;
                    throw told(timeout(Duration.ofNanos(moments.now() - waiter.start), true));
                }
            } finally {
                moments.end();
            }
            ticker.parkUntil(this, waiter.start + waiter.nanos);
        }
    }

    long waited(Waiter<T> waiter) {
        return moments.now() - waiter.start;
    }

    void giveUp(Waiter<T> waiter) {
        waiters.remove(waiter);
    }

    private AcquireTimeoutException timeout(Duration waited, boolean here) {
        long now = moments.now();
        List<Loan<T>> loans = loans();
        boolean selfDeadlock = here
                && maxSize > 0
                && loans.size() >= maxSize
                && loans.stream().allMatch(loan -> loan.borrower == Thread.currentThread());
        List<LeaseHolder> holders = loans.stream().map(loan -> loan.holder(now)).toList();
        return new AcquireTimeoutException(config.name(), waited, stats(), holders, selfDeadlock, backOff.last());
    }

    /** What is lent, the longest first. */
    private List<Loan<T>> loans() {
        long now = moments.now();
        return places.values().stream()
                .flatMap(place -> Optional.ofNullable(place.loan).stream())
                .sorted(Comparator.comparingLong((Loan<T> loan) -> loan.since - now))
                .toList();
    }

    /** The stack of the calling thread, if it is to be recorded. */
    private List<StackTraceElement> site() {
        int oneIn = config.siteSampling();
        boolean records = oneIn > 0 && ThreadLocalRandom.current().nextInt(oneIn) == 0;
        return records ? List.of(new Throwable().getStackTrace()) : List.of();
    }

    ReferenceLease<T> lend(Place<T> place, Thread borrower, List<StackTraceElement> site) {
        acquired++;
        ReferenceLease<T> lease = new ReferenceLease<>(this, place, borrower, moments.now(), site);
        place.lent(lease);
        return lease;
    }

    // The end of a lease

    boolean end(ReferenceLease<T> lease) {
        return moments.locked(() -> {
            boolean first = !lease.loan.ended;
            if (first) {
                holds.add(moments.now() - lease.loan.since);
            }
            lease.loan.ended = true;
            return first;
        });
    }

    void takeBack(Place<T> place) {
        boolean keep = moments.locked(() -> {
            returned(place);
            return !mustGo(place);
        });
        Verdict verdict = keep ? clean(place) : null;
        moments.locked(() -> {
            returned(place);
            offer(place, verdict);
        });
    }

    void takeOut(Place<T> place) {
        moments.locked(() -> {
            returned(place);
            offer(place, Verdict.of(DestroyReason.INVALIDATED));
        });
    }

    void letGo(Place<T> place) {
        moments.locked(() -> {
            returned(place);
            detached++;
            vacate(place);
        });
    }

    private void returned(Place<T> place) {
        Loan<T> loan = place.loan;
        place.returned(moments.now());
        place.order(++order);
        if (loan != null && loan.overdue) {
            LeaseHolder holder = loan.holder(moments.now());
            events.tell(listener -> listener.overdueLeaseEnded(holder));
        }
    }

    // Leases that are out

    private void lookAfterLeases() {
        for (Place<T> place : List.copyOf(places.values())) {
            Loan<T> loan = place.loan;
            if (loan != null && isLost(loan)) {
                loan.ended = true;
                lost++;
                LeaseHolder holder = loan.holder(moments.now());
                events.tell(listener -> listener.leaseLost(holder));
                returned(place);
                offer(place, Verdict.of(DestroyReason.LOST));
            } else if (loan != null && !loan.ended) {
                loan.overdue |= untilOverdue(loan) <= 0 && tellOverdue(loan);
                if (untilReclaimed(loan) <= 0) {
                    reclaim(place, loan);
                }
            }
        }
    }

    boolean isLost(Loan<T> loan) {
        return !loan.ended && loan.lease.refersTo(null);
    }

    /** Returns whether the lease counts as told. */
    boolean tellOverdue(Loan<T> loan) {
        LeaseHolder holder = loan.holder(moments.now());
        List<StackTraceElement> stack = List.of(loan.borrower.getStackTrace());
        events.tell(listener -> listener.leaseOverdue(holder, stack));
        return true;
    }

    private long untilOverdue(Loan<T> loan) {
        return loan.overdue ? PoolConfig.LONGEST.toNanos() : until(config.overdueAfter(), loan);
    }

    private long untilReclaimed(Loan<T> loan) {
        return until(config.reclaimAfter(), loan);
    }

    private long until(Duration after, Loan<T> loan) {
        return after.isZero() ? PoolConfig.LONGEST.toNanos() : after.toNanos() - (moments.now() - loan.since);
    }

    private void reclaim(Place<T> place, Loan<T> loan) {
        loan.ended = true;
        reclaimed++;
        LeaseHolder holder = loan.holder(moments.now());
        events.tell(listener -> listener.leaseReclaimed(holder));
        returned(place);
        abort(place, reclaimedObjectsGo());
    }

    @Nullable
    Verdict reclaimedObjectsGo() {
        return Verdict.of(DestroyReason.RECLAIMED);
    }

    /** Resets and judges an object in its borrower's thread; returns why it must go, or null. */
    private @Nullable Verdict clean(Place<T> place) {
        Resetter<? super T> resetter = config.resetter();
        if (resetter != null) {
            try {
                resetter.reset(place.object());
            } catch (Throwable anything) {
                failed(Callback.RESET, anything);
                return Verdict.of(DestroyReason.RESET_FAILED);
            }
        }
        if (config.validateOnRelease() && !isValid(place)) {
            return Verdict.of(DestroyReason.INVALID);
        }
        return evicted(eviction(place));
    }

    private boolean isValid(Place<T> place) {
        Validator<? super T> validator = config.validator();
        try {
            return validator == null || validator.isValid(place.object());
        } catch (Throwable anything) {
            failed(Callback.VALIDATE, anything);
            return false;
        }
    }

    /** Why the policy evicts an object, or null if it doesn't. */
    private @Nullable String eviction(Place<T> place) {
        return eviction(place, moments.locked(() -> place.info(moments.now())));
    }

    private @Nullable String eviction(Place<T> place, ObjectInfo info) {
        EvictionPolicy<? super T> policy = config.evictionPolicy();
        try {
            boolean evicts = policy.shouldEvict(place.object(), info);
            return evicts ? Objects.requireNonNull(policy.reason(place.object(), info), "no reason") : null;
        } catch (Throwable anything) {
            failed(Callback.EVICT, anything);
            return "evicted by a policy";
        }
    }

    private static @Nullable Verdict evicted(@Nullable String why) {
        return why == null ? null : Verdict.evicted(why);
    }

    void failed(Callback callback, Throwable cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        moments.locked(() -> {
            callbackFailures++;
            events.tell(listener -> listener.callbackFailed(callback, cause));
        });
    }

    // What happens under the lock

    /** Does all that can be done now. A proven object goes to the head of the queue without being judged again. */
    void settle(@Nullable Place<T> proven, int furtherDemand) {
        expireWaiters();
        Waiter<T> next = proven == null || !mayLend() ? null : next(waiters);
        if (proven != null && next != null) {
            waiters.remove(next);
            grant(next, proven);
        }
        for (Place<T> place : List.copyOf(places.descendingMap().values())) {
            if (place.state == Place.State.IDLE && mustGo(place)) {
                destroy(place, Verdict.of(closed ? DestroyReason.SHUTDOWN : DestroyReason.OPERATOR));
            }
        }
        int demand = mayLend() ? waiters.size() + furtherDemand : 0;
        for (Place<T> place : List.copyOf(places.values())) {
            if (place.state == Place.State.IDLE && count(Place.State.INSPECTED) < demand) {
                inspect(place, needsValidation(place));
            }
        }
        while (mayCreate() && demand + minIdle > ready() + count(Place.State.CREATING)) {
            create();
        }
        if (count(Place.State.IDLE) >= minIdle) {
            becameWarm();
        }
        if (Thread.currentThread() != keeper) { // who wakes himself never sleeps
            LockSupport.unpark(keeper);
        }
        LockSupport.unpark(opener);
    }

    void becameWarm() {
        warmUps.complete();
    }

    /** Whose turn it is; those who are shed have left. */
    @Nullable
    Waiter<T> next(Deque<Waiter<T>> waiters) {
        return doorkeeper.next(waiters, moments.now());
    }

    private void shed(Waiter<T> waiter) {
        rejected++;
        Duration waited = Duration.ofNanos(moments.now() - waiter.start);
        int others = waiters.size();
        String policy = config.admission().toString();
        waiter.failure = () -> new AcquireRejectedException(config.name(), waited, others, policy);
        settled(waiter);
    }

    void grant(Waiter<T> waiter, Place<T> place) {
        waiter.lease = lend(place, waiter.thread, waiter.site);
        settled(waiter);
    }

    /** Lends or keeps an object that was made, given back or inspected, unless there is a reason to destroy it. */
    private void offer(Place<T> place, @Nullable Verdict verdict) {
        if (verdict != null) {
            destroy(place, verdict);
            settle(null, 0);
        } else if (mustGo(place)) {
            destroy(place, Verdict.of(closed ? DestroyReason.SHUTDOWN : DestroyReason.OPERATOR));
            settle(null, 0);
        } else {
            place.state = Place.State.IDLE;
            settle(place, 0);
        }
    }

    boolean mayLend() {
        return !suspended;
    }

    private boolean mustGo(Place<T> place) {
        return closed || place.outdated || places.size() - count(Place.State.DOOMED) > maxSize;
    }

    private boolean needsValidation(Place<T> place) {
        return config.validator() != null
                && (place.suspect
                        || place.unprovenNanos(moments.now())
                                >= config.validateAfterIdle().toNanos());
    }

    private int ready() {
        return count(Place.State.IDLE) + count(Place.State.INSPECTED) + count(Place.State.VISITED);
    }

    private int inMaintenance() {
        return count(Place.State.INSPECTED)
                + count(Place.State.VISITED)
                + count(Place.State.RETURNING)
                + count(Place.State.DOOMED);
    }

    int count(Place.State state) {
        return (int)
                places.values().stream().filter(place -> place.state == state).count();
    }

    private void inspect(Place<T> place, boolean validate) {
        place.state = Place.State.INSPECTED;
        errands.run(
                Callback.VALIDATE,
                config.validationTimeout(),
                () -> {
                    String why = eviction(place);
                    return why == null && validate && !isValid(place)
                            ? Verdict.of(DestroyReason.INVALID)
                            : evicted(why);
                },
                (verdict, failure) -> {
                    place.inspected(validate, moments.now());
                    offer(place, failure == null ? verdict : gaveUp(Callback.VALIDATE, failure));
                },
                nothing -> {});
    }

    /** Has the policy look at an idle object, which may be lent meanwhile; then the verdict is void. */
    void judge(Place<T> place) {
        long stay = place.leases();
        place.inspected(false, moments.now());
        // Those that are being judged may all go: only what is left beside them can be spared as well.
        ObjectInfo info = place.info(moments.now()).idleBeyondMinimum(Math.max(0, spare() - judged));
        judged++;
        errands.run(
                Callback.EVICT,
                config.validationTimeout(),
                () -> eviction(place, info),
                (why, failure) -> {
                    judged--;
                    if (failure != null) {
                        failed(Callback.EVICT, failure);
                    }
                    boolean isThere = place.state == Place.State.IDLE && place.leases() == stay;
                    if (isThere && (why != null || failure != null)) {
                        offer(place, Verdict.evicted(why != null ? why : "the policy took too long"));
                    } else {
                        settle(null, 0); // it changes nothing, but a shutdown may wait for it
                    }
                },
                nothing -> {});
    }

    /** Has an idle object validated; when too many are at once, it can be lent until its turn comes. */
    private void visit(Place<T> place) {
        if (count(Place.State.VISITED) < config.maxConcurrentCreations()) {
            inspect(place, true);
            place.state = Place.State.VISITED;
        }
    }

    /** How many more are idle than the minimum. */
    int spare() {
        return count(Place.State.IDLE) - minIdle;
    }

    private Verdict gaveUp(Callback callback, Throwable failure) {
        failed(callback, failure);
        return Verdict.of(DestroyReason.INVALID);
    }

    private boolean isNothingAlive() {
        return places.size() == count(Place.State.CREATING) + count(Place.State.DOOMED);
    }

    private boolean mayCreate() {
        return !closed
                && places.size() < maxSize
                && count(Place.State.CREATING) < config.maxConcurrentCreations()
                && backOff.allows(count(Place.State.CREATING));
    }

    private void create() {
        int slot = 0;
        while (places.containsKey(slot)) {
            slot++;
        }
        Place<T> place = new Place<>(slot, factory);
        places.put(slot, place);
        long start = moments.now();
        errands.run(
                Callback.CREATE,
                config.createTimeout(),
                () -> Objects.requireNonNull(place.factory.create(), "the factory returned null"),
                (object, failure) -> {
                    if (object == null) {
                        creationFailed(place, Objects.requireNonNull(failure));
                    } else {
                        created(place, object, Duration.ofNanos(moments.now() - start));
                    }
                },
                object -> {
                    if (object != null) {
                        destroyLate(place.factory, object, Duration.ofNanos(moments.now() - start));
                    }
                });
    }

    private void created(Place<T> place, T object, Duration took) {
        created++;
        creations.add(took.toNanos());
        place.filled(object, moments.now());
        place.order(++order);
        events.tell(listener -> listener.created(object, took));
        Hook<? super T> afterCreate = config.afterCreate();
        if (afterCreate == null) {
            prepared(place);
            return;
        }
        place.state = Place.State.INSPECTED;
        errands.run(
                Callback.AFTER_CREATE,
                config.createTimeout(),
                () -> {
                    afterCreate.run(object);
                    return null;
                },
                (nothing, failure) -> {
                    if (failure == null) {
                        prepared(place);
                    } else {
                        failed(Callback.AFTER_CREATE, failure);
                        place.state = Place.State.DOOMED; // it isn't alive any more
                        countFailedCreation(place, failure);
                        offer(place, Verdict.of(DestroyReason.HOOK_FAILED));
                    }
                },
                nothing -> {});
    }

    private void proved(Place<T> place) {
        if (place.factory == factory && !hook.isThere()) {
            backOff.succeeded(); // else it takes a lease to know
        }
    }

    private void prepared(Place<T> place) {
        if (!config.validateAfterCreate()) {
            proved(place);
            offer(place, null);
            return;
        }
        place.state = Place.State.INSPECTED;
        errands.run(
                Callback.VALIDATE,
                config.validationTimeout(),
                () -> isValid(place),
                (valid, failure) -> {
                    if (Boolean.TRUE.equals(valid)) {
                        proved(place);
                        offer(place, null);
                    } else {
                        noteFailure(place, new IllegalStateException("a new object is invalid", failure));
                        offer(
                                place,
                                failure == null
                                        ? Verdict.of(DestroyReason.INVALID)
                                        : gaveUp(Callback.VALIDATE, failure));
                    }
                },
                nothing -> {});
    }

    void creationFailed(Place<T> place, Throwable failure) {
        countFailedCreation(place, failure);
        vacate(place);
    }

    private void countFailedCreation(Place<T> place, Throwable failure) {
        creationFailures++;
        events.tell(listener -> listener.creationFailed(failure));
        noteFailure(place, failure);
    }

    /** A failure of a former factory says nothing of the present one. */
    private void noteFailure(Place<T> place, Throwable failure) {
        if (place.factory == factory) {
            backOff.failed(failure);
            if (config.failFast() && isNothingAlive()) {
                failWaiters(() -> new CreationFailedException(config.name(), failure));
            }
            if (config.failFast()) {
                warmUps.fail(() -> new CreationFailedException(config.name(), failure));
            }
        }
    }

    private void destroy(Place<T> place, Verdict verdict) {
        place.state = Place.State.DOOMED;
        T object = place.object();
        String why = verdict.eviction();
        if (why != null) {
            events.tell(listener -> listener.evicted(object, why));
        }
        errands.run(
                Callback.DESTROY,
                config.destroyTimeout(),
                () -> dispose(place.factory, object),
                (nothing, failure) -> {
                    if (failure != null) {
                        failed(Callback.DESTROY, failure);
                    }
                    verdicts.count(verdict);
                    events.tell(listener -> listener.destroyed(object, verdict.reason()));
                    destroyEnded(place, failure);
                },
                nothing -> {});
    }

    void destroyEnded(Place<T> place, @Nullable Throwable failure) {
        vacate(place);
    }

    private void destroyLate(ObjectFactory<T> maker, T object, Duration took) {
        creations.add(took.toNanos());
        events.tell(listener -> listener.created(object, took));
        errands.run(
                Callback.DESTROY,
                config.destroyTimeout(),
                () -> dispose(maker, object),
                (nothing, failure) -> {
                    if (failure != null) {
                        failed(Callback.DESTROY, failure);
                    }
                    created++;
                    verdicts.count(Verdict.of(DestroyReason.LATE));
                    events.tell(listener -> listener.destroyed(object, DestroyReason.LATE));
                    settle(null, 0); // it has no place to vacate, but a shutdown may wait for it
                },
                nothing -> {});
    }

    @Nullable
    Void dispose(ObjectFactory<T> maker, T object) throws Exception {
        maker.destroy(object);
        return null;
    }

    private void vacate(Place<T> place) {
        places.remove(place.slot);
        refreshes.forEach((done, old) -> {
            if (old.remove(place) && old.isEmpty()) {
                done.completeAsync(() -> null);
            }
        });
        refreshes.values().removeIf(Set::isEmpty);
        settle(null, 0);
    }

    // Control

    @Override
    public void resize(int minIdle, int maxSize) {
        if (minIdle < 0 || maxSize < minIdle) {
            throw new IllegalArgumentException(
                    "minIdle is " + minIdle + ", but must be at least 0 and at most maxSize (" + maxSize + ")");
        }
        moments.locked(() -> {
            refuseIfClosed();
            this.minIdle = minIdle;
            this.maxSize = maxSize;
            settle(null, 0);
        });
    }

    @Override
    public CompletableFuture<Void> refresh() {
        return moments.locked(this::renew);
    }

    @Override
    public CompletableFuture<Void> replaceFactory(ObjectFactory<T> factory) {
        Objects.requireNonNull(factory, "factory");
        return moments.locked(() -> {
            refuseIfClosed();
            this.factory = factory;
            backOff.forget();
            return renew();
        });
    }

    private CompletableFuture<Void> renew() {
        refuseIfClosed();
        if (places.isEmpty()) {
            settle(null, 0); // whoever waits for a creation need wait no longer
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        places.values().forEach(place -> place.outdated = true);
        refreshes.put(done, new HashSet<>(places.values()));
        settle(null, 0);
        return done;
    }

    @Override
    public CompletableFuture<Void> warmUp() {
        return moments.locked(() -> {
            refuseIfClosed();
            if (count(Place.State.IDLE) >= minIdle) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> asked = warmUps.ask();
            settle(null, 0);
            return asked;
        });
    }

    @Override
    public void suspend() {
        suspend(true);
    }

    @Override
    public void resume() {
        suspend(false);
    }

    private void suspend(boolean suspended) {
        moments.locked(() -> {
            refuseIfClosed();
            this.suspended = suspended;
            suspensionChanged();
        });
    }

    void suspensionChanged() {
        settle(null, 0);
    }

    @Override
    public void evictIdle() {
        moments.locked(() -> {
            refuseIfClosed();
            for (Place<T> place : List.copyOf(places.values())) {
                if (place.state == Place.State.IDLE) {
                    destroy(place, Verdict.of(DestroyReason.OPERATOR));
                }
            }
            settle(null, 0);
        });
    }

    @Override
    public void suspectIdle() {
        moments.locked(() -> {
            places.values().forEach(place -> place.suspect |= place.state == Place.State.IDLE);
        });
    }

    @Override
    public PoolDescription describe() {
        return moments.locked(() -> {
            long now = moments.now();
            return new PoolDescription(
                    config.name(),
                    stats(),
                    loans().stream().map(loan -> loan.holder(now)).toList(),
                    waiters.stream()
                            .limit(PoolDescription.MOST_QUEUED)
                            .map(waiter -> waiter.at(now))
                            .toList(),
                    backOff.last());
        });
    }

    @Override
    public CompletableFuture<Void> shutdown(Duration drain) {
        long nanos = nanos(drain);
        moments.locked(() -> {
            long newEnd = moments.now() + nanos;
            drainEnd = closed && drainEnd - newEnd < 0 ? drainEnd : newEnd;
            closed = true;
            failWaiters(() -> new PoolClosedException(config.name()));
            warmUps.fail(() -> new PoolClosedException(config.name()));
            errands.interrupt(Callback.CREATE);
            settle(null, 0);
        });
        return end.copy();
    }

    @Override
    public void close() {
        CompletableFuture<Void> over = shutdown(config.drainTimeout());
        Thread closer = Thread.currentThread();
        CompletableFuture<?> unused = over.whenComplete((nothing, failure) -> LockSupport.unpark(closer));
        long start = ticker.nanoTime();
        long left = config.drainTimeout().toNanos();
        while (!over.isDone() && left > 0 && !closer.isInterrupted()) {
            ticker.parkUntil(this, start + config.drainTimeout().toNanos());
            left = config.drainTimeout().toNanos() - (ticker.nanoTime() - start);
        }
    }

    private void failWaiters(Supplier<PoolException> failure) {
        for (Waiter<T> waiter : waiters) {
            waiter.failure = failure;
            settled(waiter);
        }
        waiters.clear();
    }

    private void refuseIfClosed() {
        if (closed) {
            throw told(new PoolClosedException(config.name()));
        }
    }

    @Override
    public PoolConfig<T> config() {
        return config;
    }

    @Override
    public PoolControl<T> control() {
        return this;
    }

    @Override
    public PoolStats stats() {
        return moments.locked(() -> new PoolStats(
                maxSize,
                minIdle,
                count(Place.State.IDLE),
                count(Place.State.LEASED),
                count(Place.State.CREATING),
                inMaintenance(),
                waiters.size(),
                errands.abandoned(),
                acquired,
                timedOut,
                rejected,
                created,
                creationFailures,
                verdicts.sum(),
                detached,
                callbackFailures,
                lost,
                reclaimed,
                suspended,
                verdicts.destructions(),
                verdicts.evictions()));
    }

    @Override
    public Optional<PoolTimings> timings() {
        return moments.locked(() -> config.timings()
                ? Optional.of(new PoolTimings(waits.snapshot(), holds.snapshot(), creations.snapshot()))
                : Optional.empty());
    }

    // Time

    /** The keeper's life. */
    private void keep() {
        while (true) {
            Long wake = moments.locked(this::tick);
            if (wake == null) {
                return;
            }
            ticker.parkUntil(this, wake);
        }
    }

    /** Does what is due, and tells until when to sleep; null when nothing can become due any more. */
    private @Nullable Long tick() {
        errands.expire(Math.max(1, maxSize));
        lookAfterLeases();
        expireWaiters();
        if (isInspecting()) {
            for (Place<T> place : List.copyOf(places.values())) {
                if (place.state == Place.State.IDLE && untilInspection(place) <= 0) {
                    if (isValidationDue(place)) {
                        visit(place);
                    } else {
                        judge(place);
                    }
                }
            }
        }
        settle(null, 0);
        boolean drained = closed && drainEnd - moments.now() <= 0;
        if (drained) {
            abortLeases();
        }
        int out = count(Place.State.LEASED) + count(Place.State.RETURNING);
        boolean onlyLeasesLeft = places.size() == out && errands.isEmpty();
        if (closed && onlyLeasesLeft && (drained || places.isEmpty())) {
            events.end();
            end.completeAsync(() -> null);
            return null;
        }
        if (drained && config.abortAtShutdown() == null && out > 0) {
            end.completeAsync(() -> null);
        }
        return moments.now() + sleepNanos();
    }

    private void abortLeases() {
        if (config.abortAtShutdown() == null) {
            return;
        }
        for (Place<T> place : List.copyOf(places.values())) {
            Loan<T> loan = place.loan;
            if (loan != null) {
                loan.ended = true;
                returned(place);
                abort(place, Verdict.of(DestroyReason.SHUTDOWN));
            }
        }
    }

    /** Makes the object of an ended lease fail in its borrower's hands, if there is a way to; then offers or destroys it. */
    private void abort(Place<T> place, @Nullable Verdict reason) {
        ObjectFactory.Disposal<? super T> abort = config.abortAtShutdown();
        if (abort == null) {
            offer(place, reason);
            return;
        }
        errands.run(
                Callback.ABORT,
                config.destroyTimeout(),
                () -> {
                    abort.dispose(place.object());
                    return null;
                },
                (nothing, failure) -> {
                    if (failure != null) {
                        failed(Callback.ABORT, failure);
                    }
                    offer(place, reason);
                },
                nothing -> {});
    }

    private long sleepNanos() {
        long sleep = errands.untilNextExpiry(PoolConfig.LONGEST.toNanos(), Math.max(1, maxSize));
        if (backOff.nanosLeft() > 0) {
            sleep = Math.min(sleep, backOff.nanosLeft());
        }
        if (closed && drainEnd - moments.now() > 0) {
            sleep = Math.min(sleep, drainEnd - moments.now());
        }
        if (closed || !waiters.isEmpty()) { // a lost lease would help
            sleep = Math.min(sleep, config.maintenanceInterval().toNanos());
        }
        for (Waiter<T> waiter : waiters) {
            sleep = waiter.future == null ? sleep : Math.min(sleep, untilExpiry(waiter));
        }
        for (Place<T> place : places.values()) {
            Loan<T> loan = place.loan;
            if (loan != null && !loan.ended) {
                sleep = Math.min(sleep, Math.min(untilOverdue(loan), untilReclaimed(loan)));
            }
            // What is due waits for the end of another visit, which wakes the keeper.
            if (place.state == Place.State.IDLE && isInspecting() && untilInspection(place) > 0) {
                sleep = Math.min(sleep, untilInspection(place));
            }
        }
        return Math.max(1, sleep);
    }

    private boolean isInspecting() {
        return config.evictionPolicy() != EvictionPolicy.never()
                || !config.validateEvery().isZero();
    }

    private long untilInspection(Place<T> place) {
        long now = moments.now();
        long judgement = config.maintenanceInterval().toNanos() - place.uninspectedNanos(now);
        long validation = config.validateEvery().toNanos() - place.unvalidatedNanos(now);
        return config.validateEvery().isZero() ? judgement : Math.min(judgement, validation);
    }

    private boolean isValidationDue(Place<T> place) {
        return !config.validateEvery().isZero()
                && place.unvalidatedNanos(moments.now())
                        >= config.validateEvery().toNanos();
    }

    private static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(PoolConfig.LONGEST) < 0 ? duration.toNanos() : PoolConfig.LONGEST.toNanos();
    }

    private <E extends PoolException> E told(E failure) {
        events.tell(listener -> listener.acquireFailed(failure));
        return failure;
    }
}
