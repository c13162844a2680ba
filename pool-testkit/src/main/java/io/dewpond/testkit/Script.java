package io.dewpond.testkit;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/**
 * What a callback does, call by call: first the steps that were lined up, one for each call, then always the same.
 *
 * <p>A new script always succeeds. It may be changed while it runs; all methods may be called from any thread.
 */
public final class Script {
    private final Queue<Step> lined = new ArrayDeque<>();
    private Step always = Step.succeed();
    private int calls;
    private int running;
    private int mostRunning;

    /** Makes a script that always succeeds. */
    public Script() {}

    /**
     * Lines up a step for one call, behind those lined up before.
     *
     * @param step what that call does
     * @return this
     * @throws NullPointerException if {@code step} is null
     */
    public synchronized Script next(Step step) {
        lined.add(Objects.requireNonNull(step, "step"));
        return this;
    }

    /**
     * Says what every call does for which nothing is lined up.
     *
     * @param step what those calls do
     * @return this
     * @throws NullPointerException if {@code step} is null
     */
    public synchronized Script always(Step step) {
        always = Objects.requireNonNull(step, "step");
        return this;
    }

    /**
     * Runs one call, as long as its step takes.
     *
     * @return whether the callback is to go on, as {@link Step#take()}
     * @throws Exception what the step threw
     */
    public boolean run() throws Exception {
        Step step = begin();
        try {
            return step.take();
        } finally {
            end();
        }
    }

    /**
     * Returns how many calls have begun.
     *
     * @return the number
     */
    public synchronized int calls() {
        return calls;
    }

    /**
     * Returns how many calls are running.
     *
     * @return the number
     */
    public synchronized int running() {
        return running;
    }

    /**
     * Returns how many calls ran at once at most.
     *
     * @return the number
     */
    public synchronized int mostRunning() {
        return mostRunning;
    }

    private synchronized Step begin() {
        calls++;
        running++;
        mostRunning = Math.max(mostRunning, running);
        Step step = lined.poll();
        return step == null ? always : step;
    }

    private synchronized void end() {
        running--;
    }
}
