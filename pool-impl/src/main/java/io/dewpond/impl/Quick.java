package io.dewpond.impl;

/** A last step that may run foreign code, when nothing else is left to do. */
record Quick(Runnable step) implements Workers.Task {
    @Override
    public void run() {
        step.run();
    }

    @Override
    public void overdue() {
        throw new AssertionError("bug: this step has no time limit");
    }

    @Override
    public long limitNanos() {
        return Workers.UNLIMITED;
    }
}
