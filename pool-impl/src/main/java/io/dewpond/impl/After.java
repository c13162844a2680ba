package io.dewpond.impl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left to do when the lock is free again: wake threads, hand work to others, complete futures. */
final class After {
    private @Nullable List<Runnable> steps;
    private @Nullable List<Runnable> lastSteps;

    void add(Runnable step) {
        if (steps == null) {
            steps = new ArrayList<>(2);
        }
        steps.add(step);
    }

    /** As {@link #add}, for what comes behind all else: there may be much of it, or it may be slow. */
    void addLast(Runnable step) {
        if (lastSteps == null) {
            lastSteps = new ArrayList<>();
        }
        lastSteps.add(step);
    }

    void run() {
        if (steps != null) {
            steps.forEach(Runnable::run);
        }
        if (lastSteps != null) {
            lastSteps.forEach(Runnable::run);
        }
    }
}
