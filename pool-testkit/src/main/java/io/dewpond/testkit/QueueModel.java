package io.dewpond.testkit;

import io.dewpond.Admission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;

/** The queue of a pool, and nothing else of it: events in the order of their times, each done in no time. */
final class QueueModel {
    /** Shortly before a reading overflows, as that of a {@link ManualTicker}: a policy must only look at differences. */
    private static final long FIRST_READING = new ManualTicker().nanoTime();

    private record Waiting(long at, long hold) {}

    private final QueueSimulation plan;
    private final QueueWorkload workload;
    private final Admission admission;
    private final long timeout;
    private final QueueLog log = new QueueLog();
    private final Deque<Waiting> waiters = new ArrayDeque<>();
    /** When what is lent comes back. */
    private final Queue<Long> returns = new PriorityQueue<>();

    private int idle;

    QueueModel(QueueSimulation plan) {
        this.plan = plan;
        workload = new QueueWorkload(plan);
        admission = plan.admission.open();
        timeout = plan.acquireTimeout.toNanos();
        idle = plan.size;
    }

    QueueOutcome run() {
        while (!workload.isOver()) {
            Long returned = returns.peek();
            if (returned != null && returned <= workload.at()) {
                returns.remove();
                expire(returned);
                giveOn(returned);
            } else {
                expire(workload.at());
                arrive(workload.at(), workload.hold());
                workload.next();
            }
        }
        return log.outcome();
    }

    private void arrive(long now, long hold) {
        log.offered(now);
        if (idle > 0) {
            idle--;
            serve(new Waiting(now, hold), now);
        } else if (waiters.size() >= plan.maxWaiters) {
            log.refused(now);
        } else {
            waiters.add(new Waiting(now, hold));
        }
    }

    private void giveOn(long now) {
        while (!waiters.isEmpty()
                && admission.sheds(now - waiters.getFirst().at, FIRST_READING + now, waiters.size())) {
            waiters.removeFirst();
            log.shed(now);
        }
        if (waiters.isEmpty()) {
            idle++;
        } else {
            serve(admission.newestFirst() ? waiters.removeLast() : waiters.removeFirst(), now);
        }
    }

    private void serve(Waiting waiting, long now) {
        log.served(now, now - waiting.at);
        returns.add(now + waiting.hold);
    }

    private void expire(long now) {
        while (!waiters.isEmpty() && waiters.getFirst().at + timeout <= now) {
            log.timedOut(waiters.removeFirst().at + timeout);
        }
    }
}
