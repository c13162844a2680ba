package io.dewpond.testkit;

import java.util.Objects;

/**
 * What a scripted callback does in one call.
 *
 * <p>Steps follow one another: {@code Step.pass(gate).then(Step.fail(new IOException()))}.
 */
@FunctionalInterface
public interface Step {
    /**
     * Takes the step.
     *
     * @return whether to go on; false has a creation return null, a validation find the object bad, and means nothing
     *     to other callbacks
     * @throws Exception has the callback throw it
     */
    boolean take() throws Exception;

    /**
     * Takes this step and then, if this one goes on, the next.
     *
     * @param next the next step
     * @return both in one
     * @throws NullPointerException if {@code next} is null
     */
    default Step then(Step next) {
        Objects.requireNonNull(next, "next");
        return () -> take() && next.take();
    }

    /**
     * Does nothing: the callback succeeds.
     *
     * @return the step
     */
    static Step succeed() {
        return () -> true;
    }

    /**
     * Returns nothing: a creation returns null, a validation finds the object bad.
     *
     * @return the step
     */
    static Step refuse() {
        return () -> false;
    }

    /**
     * Throws an exception.
     *
     * @param failure what the callback throws
     * @return the step
     * @throws NullPointerException if {@code failure} is null
     */
    static Step fail(Exception failure) {
        Objects.requireNonNull(failure, "failure");
        return () -> {
            throw failure;
        };
    }

    /**
     * Throws an error.
     *
     * @param failure what the callback throws
     * @return the step
     * @throws NullPointerException if {@code failure} is null
     */
    static Step fail(Error failure) {
        Objects.requireNonNull(failure, "failure");
        return () -> {
            throw failure;
        };
    }

    /**
     * Waits at a gate until it opens or the thread is interrupted, as a well-behaved callback does.
     *
     * @param gate the gate
     * @return the step; an interrupt makes it throw {@link InterruptedException}
     * @throws NullPointerException if {@code gate} is null
     */
    static Step pass(Gate gate) {
        Objects.requireNonNull(gate, "gate");
        return () -> {
            gate.pass();
            return true;
        };
    }

    /**
     * Waits at a gate until it opens, deaf to interrupts, as a hung one does.
     *
     * @param gate the gate
     * @return the step
     * @throws NullPointerException if {@code gate} is null
     */
    static Step hang(Gate gate) {
        Objects.requireNonNull(gate, "gate");
        return () -> {
            gate.passUninterruptibly();
            return true;
        };
    }
}
