package io.dewpond.impl;

import io.dewpond.PoolConfig;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * What a pool has to do in time, as a function of time: give up what and who is overdue, create what is missing, look at
 * what is idle and, once the pool is shut down, see to its end. {@link #run} does what is due and tells when it wants to
 * run next; the {@link Keeper}'s thread is a thin shell around it.
 */
final class Upkeep<T> implements Keeper.Chore {
    private static final long SOON_NANOS = 10_000_000;

    private final Ticker ticker;
    private final Exchange<T> exchange;
    private final Crew<T> crew;
    private final LeaseWatch<T> watch;
    private final boolean sweeps;
    /** How long it is from one sweep to the next at most. */
    private final long interval;

    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    // Read and written by the keeper's thread alone.
    private long sweepAt;

    /** Written before the keeper's thread knows of this. */
    private Runnable farewell = () -> {};

    // Guarded by this object's monitor, which is held for a few assignments only.
    private boolean closing;
    private boolean over;
    /** Whether nobody has asked to be told of the end. */
    private boolean silent;

    private long drainedAt;

    Upkeep(PoolConfig<T> config, Exchange<T> exchange, Crew<T> crew, LeaseWatch<T> watch, boolean sweeps) {
        this.exchange = exchange;
        this.crew = crew;
        this.watch = watch;
        this.sweeps = sweeps;
        ticker = config.ticker();
        long validateEvery = config.validateEvery().toNanos();
        interval =
                Math.min(config.maintenanceInterval().toNanos(), validateEvery > 0 ? validateEvery : Clock.FAR_NANOS);
        sweepAt = ticker.nanoTime() + interval;
    }

    /** @param farewell what is left to do when the pool has ended, before anybody is told so */
    void start(Runnable farewell) {
        this.farewell = farewell;
        Keeper.add(ticker, this);
    }

    void wakeAt(long time) {
        Keeper.wake(ticker, this, time);
    }

    @Override
    public long run(long now) {
        long next = now + Math.min(crew.tend(now) - now, Clock.FAR_NANOS);
        next = sooner(next, watch.look(now), now);
        return isClosing() ? sooner(next, seeToTheEnd(now), now) : sooner(next, maintain(now), now);
    }

    private long maintain(long now) {
        exchange.planAt(now);
        return sooner(exchange.expire(now), sweep(now), now);
    }

    private long sweep(long now) {
        if (!sweeps) {
            return now + Clock.FAR_NANOS;
        }
        if (sweepAt - now <= 0) {
            // As soon as the next is due to be validated, so that it isn't late by an interval each time; but let some
            // more become due meanwhile.
            sweepAt = now + Math.max(interval / 10, Math.min(interval, crew.untilVisit(now)));
            if (crew.mayHaveToSweep(now)) {
                crew.sweep(); // on a thread of its own: a quiet pool is to have none
            }
        }
        return sweepAt;
    }

    /**
     * The end is when every place is empty or, where lent objects are not aborted, when the drain is over and only lent
     * ones are left: those are destroyed when they are released. Nor may a sweep be under way, which holds no place: it
     * would never be given up if it hung, for nobody keeps the time of a pool that has ended.
     */
    private long seeToTheEnd(long now) {
        long drained = drainedAt();
        boolean late = drained - now <= 0;
        if (late && crew.aborts()) {
            exchange.holdings().forEach(crew::abort);
        }
        boolean settled = exchange.isEmpty() || (late && !crew.aborts() && exchange.onlyLeasesLeft());
        if (isOver() || (settled && !crew.isSweeping())) {
            watch.look(now); // what was overdue and has ended since the last look is told while there are listeners
            end();
            return now + Clock.FAR_NANOS;
        }
        // What is left settles by itself, mostly with a wake-up; but a lease that was being given just now ends
        // silently, and so does one that is lost.
        return late ? now + SOON_NANOS : sooner(drained, now + interval, now);
    }

    /** Says so once. The time of the couriers is kept until they have taken all they have to deliver. */
    private void end() {
        if (!isOver()) {
            if (finish()) {
                crew.end(this::takeLeave);
            }
            crew.release();
        }
        if (!crew.hasDeliveries()) {
            Keeper.remove(ticker, this);
        }
    }

    private void takeLeave() {
        farewell.run();
        ended.complete(null);
    }

    /** Idempotent; only the earliest drain counts. */
    CompletableFuture<Void> shutdown(Duration drain) {
        long now = ticker.nanoTime();
        close(now + SlotPool.saturated(drain));
        if (breakSilence()) {
            crew.end(this::takeLeave);
        }
        exchange.close(now);
        crew.giveUpCreations();
        wakeAt(now);
        return ended.copy();
    }

    void closeAndWait(Duration drain) {
        try {
            shutdown(drain).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError("bug: a shutdown can't fail", e);
        }
    }

    private synchronized void close(long at) {
        if (!closing || at - drainedAt < 0) {
            drainedAt = at;
        }
        closing = true;
    }

    /** Ends a pool of which nothing is left, for which nobody waits unless a shutdown comes in this instant. */
    void retire() {
        long now = ticker.nanoTime();
        synchronized (this) {
            silent = !closing;
        }
        close(now);
        wakeAt(now);
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Returns whether somebody is to be told. */
    private synchronized boolean finish() {
        over = true;
        return !silent;
    }

    /** Somebody wants to be told of the end; returns whether it is over and nobody has been told. */
    private synchronized boolean breakSilence() {
        boolean late = silent && over;
        silent = false;
        return late;
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private synchronized long drainedAt() {
        return drainedAt;
    }

    private static long sooner(long a, long b, long now) {
        return a - now < b - now ? a : b;
    }
}
