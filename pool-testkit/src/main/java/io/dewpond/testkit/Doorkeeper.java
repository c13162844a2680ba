package io.dewpond.testkit;

import io.dewpond.Admission;
import io.dewpond.PoolConfig;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the admission policy of the {@link ReferencePool} whose turn it is; guarded by the pool's lock. */
final class Doorkeeper<T> {
    private final Admission admission;
    private final Consumer<Waiter<T>> shed;
    private final Consumer<Throwable> failed;

    /**
     * Opens the policy.
     *
     * @param shed told who is shed, when that one has left the queue
     * @param failed told what the policy throws
     */
    Doorkeeper(PoolConfig<T> config, Consumer<Waiter<T>> shed, Consumer<Throwable> failed) {
        admission = config.admission().open();
        this.shed = shed;
        this.failed = failed;
    }

    /** Who of those that wait, the oldest first, is served now; null if nobody is left. */
    @Nullable
    Waiter<T> next(Deque<Waiter<T>> waiters, long now) {
        try {
            while (!waiters.isEmpty() && admission.sheds(now - waiters.getFirst().start, now, waiters.size())) {
                shed.accept(waiters.removeFirst());
            }
            return waiters.isEmpty() || !admission.newestFirst() ? waiters.peekFirst() : waiters.peekLast();
        } catch (Throwable anything) {
            failed.accept(anything);
            return waiters.peekFirst();
        }
    }
}
