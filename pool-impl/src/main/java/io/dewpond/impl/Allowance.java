package io.dewpond.impl;

import org.jspecify.annotations.Nullable;

/**
 * What one pool may have of the {@link Budget} that it shares with others. A pool that shares with nobody has none, and pays
 * nothing for that.
 */
final class Allowance {
    /** What goes beyond one pool, and is done when no lock is held. */
    interface Neighbours {
        /**
         * Has idle objects that nobody waits for destroyed, the least recently used first, until there is room for those who
         * wait, or no such object.
         *
         * @param passing whether one more is wanted, by a borrower who doesn't wait
         */
        void makeRoom(boolean passing);
    }

    private final Budget budget;
    private final Neighbours neighbours;
    /** Tells it from others that have waited as long. */
    final long number;

    // Set before the pool is anybody's.
    private @Nullable Runnable planning;
    private @Nullable Runnable leaving;

    // All guarded by the budget's lock.
    int held;
    int reserved;
    /** How many permits are lacking for those who wait; settled while this is listed. */
    int waiters;

    int spares;
    long since;

    /** Whether the budget has any business with this pool; read by anybody. */
    volatile boolean involved;

    Allowance(Budget budget, Neighbours neighbours, long number) {
        this.budget = budget;
        this.neighbours = neighbours;
        this.number = number;
    }

    /** Says how the pool is planned again when a permit has been reserved for it. */
    void whenServed(Runnable plan) {
        planning = plan;
    }

    /** Says what is to be done when nothing is left of the pool. */
    void whenUnused(Runnable leave) {
        leaving = leave;
    }

    boolean take() {
        return budget.take(this);
    }

    void give(boolean yielded, After after) {
        follow(budget.give(this, yielded), after);
    }

    /**
     * As {@link Budget#settle}. Who lacks nothing and isn't known there has nothing to say; if a permit is reserved for it in
     * this instant, the step in which it is planned will see that.
     */
    void settle(int waiters, int spares, long since, After after) {
        if (waiters + spares > 0 || involved) {
            follow(budget.settle(this, waiters, spares, since), after);
        }
    }

    private void follow(Budget.Outcome outcome, After after) {
        for (Allowance served : outcome.served()) {
            after.add(served::planAgain);
        }
        if (outcome.presses()) {
            after.add(() -> makeRoom(false));
        }
    }

    /** Why there is no room, if there is none. */
    @Nullable
    IllegalStateException shortage() {
        return budget.shortage();
    }

    boolean isPressed() {
        return budget.isPressed();
    }

    boolean beginYield() {
        return budget.beginYield(false);
    }

    boolean beginYieldBefore(long headSince) {
        return budget.beginYieldBefore(headSince);
    }

    /** Not called under a lock. */
    void makeRoom(boolean passing) {
        neighbours.makeRoom(passing);
    }

    /** Nothing is left of the pool. Not called under a lock. */
    void leave() {
        run(leaving);
    }

    private void planAgain() {
        run(planning);
    }

    private static void run(@Nullable Runnable step) {
        if (step != null) {
            step.run();
        }
    }
}
