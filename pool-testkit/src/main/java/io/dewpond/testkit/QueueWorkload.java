package io.dewpond.testkit;

import java.util.Random;

/** Who comes when, and for how long: the same for whatever serves them. */
final class QueueWorkload {
    private final QueueSimulation plan;
    private final Random gaps;
    private final Random holds;

    /** When the next borrower comes, and how long it will keep the object, to which a repair counts. */
    private long at;

    private long hold;

    QueueWorkload(QueueSimulation plan) {
        this.plan = plan;
        gaps = new Random(plan.seed);
        holds = new Random(gaps.nextLong()); // chances of their own, so that one timing doesn't shift the other
        next();
    }

    long at() {
        return at;
    }

    long hold() {
        return hold;
    }

    boolean isOver() {
        return at >= plan.length.toNanos();
    }

    void next() {
        at += plan.arrivals.nanos(gaps, at);
        hold = plan.holds.nanos(holds, at);
        if (plan.breakage > 0 && holds.nextDouble() < plan.breakage) {
            hold += plan.repair.toNanos();
        }
    }
}
