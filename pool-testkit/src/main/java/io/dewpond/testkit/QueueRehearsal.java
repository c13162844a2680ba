package io.dewpond.testkit;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Plays the borrowers of a simulation on a real pool, whose time stands still but between two events. Each event is done by
 * this thread, and the next waits until the pool has told all whom it concerned.
 */
final class QueueRehearsal {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Asked(CompletableFuture<Lease<Object>> future, long at, long hold) {}

    private record Loaned(Lease<Object> lease, long until, int number) {}

    private final QueueSimulation plan;
    private final QueueWorkload workload;
    private final ManualTicker ticker = new ManualTicker();
    private final QueueLog log = new QueueLog();
    /** Those who wait, in order of arrival. */
    private final List<Asked> waiting = new ArrayList<>();

    private final Queue<Loaned> lent =
            new PriorityQueue<>(Comparator.comparingLong(Loaned::until).thenComparingInt(Loaned::number));
    private int lendings;
    private long now;

    QueueRehearsal(QueueSimulation plan) {
        this.plan = plan;
        workload = new QueueWorkload(plan);
    }

    QueueOutcome run(Function<PoolConfig<Object>, Pool<Object>> opener) {
        PoolConfig<Object> config = PoolConfig.<Object>of(ObjectFactory.of(Object::new, object -> {}))
                .name("rehearsal")
                .ticker(ticker)
                .maxSize(plan.size)
                .minIdle(plan.size)
                .maxWaiters(plan.maxWaiters)
                .admission(plan.admission);
        try (Pool<Object> pool = opener.apply(config)) {
            try {
                // All are there before anybody comes, and nobody waits for them, or the policy would be asked.
                Eventually.holds(PATIENCE, () -> pool.stats().idle() == plan.size, () -> "" + pool.stats());
                while (!workload.isOver()) {
                    step(pool);
                }
            } finally { // the time stands still, so a drain that waits for a lease would never end
                waiting.forEach(QueueRehearsal::giveUp);
                lent.forEach(loan -> loan.lease.close());
            }
        }
        return log.outcome();
    }

    private static void giveUp(Asked asked) {
        if (!asked.future.cancel(false) && !asked.future.isCompletedExceptionally()) {
            asked.future.join().close();
        }
    }

    private void step(Pool<Object> pool) {
        Loaned due = lent.peek();
        long deadline = waiting.isEmpty() ? Long.MAX_VALUE : waiting.get(0).at + plan.acquireTimeout.toNanos();
        long returned = due == null ? Long.MAX_VALUE : due.until;
        if (deadline <= Math.min(returned, workload.at())) {
            advance(deadline);
            settle(pool, 1);
        } else if (due != null && returned <= workload.at()) {
            advance(returned);
            lent.remove();
            due.lease.close();
            settle(pool, waiting.size() - pool.stats().waiting());
        } else {
            advance(workload.at());
            log.offered(now);
            waiting.add(new Asked(pool.acquireAsync(plan.acquireTimeout), now, workload.hold()));
            settle(pool, waiting.size() - pool.stats().waiting());
            workload.next();
        }
    }

    private void advance(long to) {
        ticker.advance(Duration.ofNanos(to - now));
        now = to;
    }

    /** Waits until so many have their outcomes, and notes those. */
    private void settle(Pool<Object> pool, int number) {
        Eventually.holds(
                PATIENCE,
                () -> waiting.stream().filter(asked -> asked.future.isDone()).count() >= number,
                () -> "at " + now + " ns: " + pool.stats());
        List<Asked> settled =
                waiting.stream().filter(asked -> asked.future.isDone()).toList();
        waiting.removeAll(settled);
        settled.forEach(this::note);
    }

    private void note(Asked asked) {
        long waited = now - asked.at;
        try {
            lent.add(new Loaned(asked.future.join(), now + asked.hold, lendings++));
            log.served(now, waited);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof AcquireTimeoutException) {
                log.timedOut(now);
            } else if (!(failed.getCause() instanceof AcquireRejectedException rejection)) {
                throw failed;
            } else if (rejection.waited().isZero()) {
                log.refused(now);
            } else {
                log.shed(now);
            }
        }
    }
}
