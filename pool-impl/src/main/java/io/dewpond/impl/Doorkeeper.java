package io.dewpond.impl;

import io.dewpond.AcquireRejectedException;
import io.dewpond.Admission;
import io.dewpond.AdmissionPolicy;
import io.dewpond.Callback;
import io.dewpond.PoolConfig;
import io.dewpond.PoolException;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user's admission policy who of those that wait is to be served by an object that has come. Belongs to the lock
 * of the {@link Exchange}: this is the one callback that runs under it, for it decides a part of the step, and a decision
 * that is made outside may be about a queue that is no more.
 *
 * <h2>Newest first, and the head</h2>
 *
 * The newest waiter isn't made the head; it is only granted the object, and taken out of the middle of things. The oldest
 * remains the head: it is the one that is signalled, that looks, for whom an object is fetched, whose age makes the pool
 * starving. So all that is argued in {@link Exchange} about the head holds while the pool sheds, too. What changes is the
 * end of a look: a head that has taken an object itself asks under the lock whether it is the one to be served ({@link
 * Line#isNext}). If it isn't, it gives the object on, which is an offer like any other, and goes on waiting; it has taken
 * its signal before, and is signalled anew by whatever becomes idle after that.
 *
 * <p>The pool is starving while the head is older than the grace, and so nearly always while it sheds: then no look
 * succeeds, each release hands over, and nobody overtakes. A young head, where the target is below the grace, may be
 * overtaken by a newcomer, which is the newest.
 */
final class Doorkeeper<T> {
    enum Verdict {
        SHED,
        SERVE_OLDEST,
        SERVE_NEWEST
    }

    private final String pool;
    private final Ticker ticker;
    private final String policy;
    private final Admission admission;
    private final Errands<T> errands;

    private Doorkeeper(PoolConfig<?> config, Errands<T> errands) {
        this.errands = errands;
        pool = config.name();
        ticker = config.ticker();
        policy = config.admission().toString();
        admission = Objects.requireNonNull(config.admission().open(), "the admission policy opened null");
    }

    /** Null where nobody is ever shed. */
    static <T> @Nullable Doorkeeper<T> of(PoolConfig<?> config, Errands<T> errands) {
        return config.admission() == AdmissionPolicy.none() ? null : new Doorkeeper<>(config, errands);
    }

    /** The time, read under the lock: what the policy is told never runs backwards. */
    long now() {
        return ticker.nanoTime();
    }

    /** Whatever the policy throws, nobody is shed, and the oldest is served. */
    Verdict judge(Waiter<T> oldest, int waiting, long now, After after) {
        try {
            if (admission.sheds(waited(oldest, now), now, waiting)) {
                return Verdict.SHED;
            }
            return admission.newestFirst() ? Verdict.SERVE_NEWEST : Verdict.SERVE_OLDEST;
        } catch (Throwable thrown) {
            after.addLast(() -> errands.failed(Callback.ADMIT, thrown));
            return Verdict.SERVE_OLDEST;
        }
    }

    Supplier<PoolException> refusal(Waiter<T> shed, int others, long now) {
        Duration waited = Duration.ofNanos(waited(shed, now));
        return () -> new AcquireRejectedException(pool, waited, others, policy);
    }

    private long waited(Waiter<T> waiter, long now) {
        return Math.max(0, now - waiter.since);
    }
}
