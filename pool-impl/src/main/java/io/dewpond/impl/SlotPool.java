package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.DestroyReason;
import io.dewpond.Lease;
import io.dewpond.LeaseHolder;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolControl;
import io.dewpond.PoolException;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool as its users see it: what a borrower's own thread does to get an object, to wait for one, and to give one
 * back. Who gets what is the {@link Exchange}'s business, the calls of callbacks that may hang the {@link Crew}'s, and
 * what has to be done in time the {@link Upkeep}'s.
 */
final class SlotPool<T> implements Pool<T> {
    private static final Logger LOG = LoggerFactory.getLogger("io.dewpond");
    /** Longer than anybody waits, and far from overflow when added to a reading of the time. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE / 4);

    private static final int MOST_HOLDERS = 5;

    private final PoolConfig<T> config;
    private final Ticker ticker;
    private final Events<T> events;
    private final Inspector<T> inspector;
    private final Exchange<T> exchange;
    private final Crew<T> crew;
    private final Upkeep<T> upkeep;
    private final PoolControl control;

    SlotPool(PoolConfig<T> config) {
        this.config = config;
        ticker = config.ticker();
        events = new Events<>(config.name(), config.listener(), ticker);
        inspector = new Inspector<>(config, events);
        crew = new Crew<>(this, config, inspector, events, this::wakeUpkeep);
        exchange = crew.exchange();
        upkeep = new Upkeep<>(config, exchange, crew, inspector.looksAtIdle());
        control = new Operator(exchange, upkeep, ticker);
    }

    /** Starts the maintenance, which starts the creation of the spares, and waits for them if asked. */
    void start() {
        upkeep.start();
        if (!config.warmUp().isZero() && config.minIdle() > 0) {
            try {
                warmUp(ticker.nanoTime() + config.warmUp().toNanos());
            } finally {
                exchange.warmOrNotify(null);
            }
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
        long now = ticker.nanoTime();
        SlotLease<T> lease = lendIdle(now);
        if (lease != null) {
            return lease;
        }
        if (timeout.isNegative() || timeout.isZero()) {
            exchange.missed(now, true);
            throw told(timedOut(Duration.ZERO));
        }
        Waiter<T> waiter = new Waiter<>();
        try {
            exchange.enqueue(waiter, now);
        } catch (PoolException refused) {
            throw told(refused);
        }
        return await(waiter, now, now + saturated(timeout));
    }

    @Override
    public Optional<Lease<T>> tryAcquire() {
        long now = ticker.nanoTime();
        Lease<T> lease = lendIdle(now);
        if (lease == null) {
            exchange.missed(now, false);
        }
        return Optional.ofNullable(lease);
    }

    /**
     * Lends the lowest idle object that is fit at once. One that the policy evicts is discarded; one that needs a
     * validation is sent there, and will go to whoever heads the queue then.
     */
    private @Nullable SlotLease<T> lendIdle(long now) {
        for (Taken<T> taken = exchange.takeIdle(now); taken != null; taken = exchange.takeIdle(now)) {
            Slot<T> slot = taken.slot();
            if (inspector.evicts(slot, now)) {
                crew.discard(slot, taken.stay(), DestroyReason.EVICTED);
            } else if (inspector.needsValidationBeforeLease(slot, now)) {
                exchange.expectFrom(slot);
                crew.inspect(slot, taken.stay());
                return null;
            } else {
                return slot.lend(this, taken.stay(), Thread.currentThread(), now);
            }
        }
        return null;
    }

    /**
     * Waits for the outcome. Who is out of time or interrupted withdraws; where that comes too late, the outcome is
     * there, and an object that was granted in that instant is used by the one who is out of time, but given on by the
     * one who was interrupted.
     */
    private SlotLease<T> await(Waiter<T> waiter, long began, long deadline) throws InterruptedException {
        while (true) {
            SlotLease<T> lease = waiter.lease();
            if (Thread.interrupted()) {
                if (!exchange.withdraw(waiter, false)) {
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
            if (deadline - now > 0) {
                ticker.parkUntil(this, deadline);
            } else if (exchange.withdraw(waiter, true)) {
                throw told(timedOut(Duration.ofNanos(now - began)));
            }
        }
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

    /** Zero for what is negative, and never so much that adding it to a reading of the time overflows. */
    static long saturated(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : duration.toNanos();
    }

    private AcquireTimeoutException timedOut(Duration waited) {
        long now = ticker.nanoTime();
        List<LeaseHolder> holders = exchange.leases().stream()
                .map(lease -> new LeaseHolder(lease.borrower(), lease.heldAt(now)))
                .sorted(Comparator.comparing(LeaseHolder::held).reversed())
                .limit(MOST_HOLDERS)
                .toList();
        return new AcquireTimeoutException(config.name(), waited, stats(), holders, exchange.lastFailure());
    }

    private PoolException told(PoolException failure) {
        events.tell(listener -> listener.acquireFailed(failure));
        return failure;
    }

    // ---- The end of a lease: the caller owns the slot, in maintenance -----------------------------------------------

    void release(Slot<T> slot, long stay) {
        if (!inspector.reset(slot)) {
            discard(slot, stay, DestroyReason.RESET_FAILED);
        } else if (!inspector.validOnRelease(slot, stay)) {
            discard(slot, stay, DestroyReason.INVALID);
        } else {
            long now = ticker.nanoTime();
            slot.used(now);
            if (inspector.evicts(slot, now)) {
                discard(slot, stay, DestroyReason.EVICTED);
            } else {
                crew.offer(slot, stay);
            }
        }
    }

    void invalidate(Slot<T> slot, long stay, @Nullable Throwable cause) {
        LOG.debug("Pool '{}': a borrower invalidated an object", config.name(), cause);
        discard(slot, stay, DestroyReason.INVALIDATED);
    }

    void detach(Slot<T> slot, long stay) {
        long now = ticker.nanoTime();
        slot.used(now);
        exchange.vacate(slot, stay, false, now);
    }

    private void discard(Slot<T> slot, long stay, DestroyReason reason) {
        slot.used(ticker.nanoTime());
        crew.discard(slot, stay, reason);
    }

    // ---- The rest --------------------------------------------------------------------------------------------------

    @Override
    public PoolStats stats() {
        return exchange.stats(crew.abandoned(), inspector.failures());
    }

    @Override
    public PoolConfig<T> config() {
        return config;
    }

    @Override
    public PoolControl control() {
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
