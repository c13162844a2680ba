package io.dewpond.testkit;

import io.dewpond.Callback;
import io.dewpond.Hook;
import io.dewpond.PoolConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the {@link ReferencePool} does to an object between lending it and handing it to its borrower. */
final class LendingHook<T> {
    private final ReferencePool<T> pool;
    private final PoolConfig<T> config;
    private final Moments moments;
    private final Errands errands;
    private final @Nullable Hook<? super T> hook;

    LendingHook(ReferencePool<T> pool, Moments moments, Errands errands) {
        this.pool = pool;
        this.moments = moments;
        this.errands = errands;
        config = pool.config();
        hook = config.beforeLend();
    }

    boolean isThere() {
        return hook != null;
    }

    /** Runs the hook in the borrower's thread; false if there is no object for the borrower after that. */
    boolean passes(ReferenceLease<T> lease) {
        if (hook == null) {
            return true;
        }
        Throwable failure = null;
        try {
            hook.run(lease.place.object());
        } catch (Throwable anything) {
            failure = anything;
            pool.failed(Callback.BEFORE_LEND, anything);
        }
        Throwable thrown = failure;
        return moments.locked(() -> pool.hooked(lease, thrown));
    }

    /** Runs the hook for a future, on a thread of its own and no longer than the future waits; called under the lock. */
    void passLater(Waiter<T> waiter, ReferenceLease<T> lease) {
        long left = waiter.nanos - (moments.now() - waiter.start);
        Duration limit = waiter.nanos > 0 ? Duration.ofNanos(Math.max(0, left)) : config.validationTimeout();
        waiter.lease = null;
        errands.run(
                Callback.BEFORE_LEND,
                limit,
                () -> {
                    if (hook != null && waiter.future != null && !waiter.future.isDone()) {
                        hook.run(lease.place.object());
                    }
                    return null;
                },
                (nothing, failure) -> {
                    if (failure != null) {
                        pool.failed(Callback.BEFORE_LEND, failure);
                    }
                    pool.hookedLater(waiter, pool.hooked(lease, failure) ? lease : null);
                },
                nothing -> {});
    }
}
