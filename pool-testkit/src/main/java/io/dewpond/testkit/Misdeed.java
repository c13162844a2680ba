package io.dewpond.testkit;

import java.io.IOException;
import java.util.function.Function;

/** What a callback does that it should not. */
enum Misdeed {
    EXCEPTION("throws an exception", gate -> Step.fail(new IOException("misdeed"))),
    ERROR("throws an error", gate -> Step.fail(new StackOverflowError("misdeed"))),
    NULL("returns null", gate -> Step.refuse()),
    BLOCK("blocks until it is interrupted", Step::pass),
    HANG("hangs", Step::hang),
    INTERRUPT("interrupts its thread", gate -> Misdeed::interruptItself),
    INTERRUPTED("throws InterruptedException", gate -> Step.fail(new InterruptedException("misdeed")));

    final String words;

    @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
    private final Function<Gate, Step> step;

    Misdeed(String words, Function<Gate, Step> step) {
        this.words = words;
        this.step = step;
    }

    /** One that blocks waits at the gate. */
    Step step(Gate gate) {
        return step.apply(gate);
    }

    boolean blocks() {
        return this == BLOCK || this == HANG;
    }

    /** Whether the callback never does what it is there for, however long one waits. */
    boolean fails() {
        return this != HANG && this != INTERRUPT;
    }

    /** Whether the thread has been interrupted when the callback ends. */
    boolean interrupts() {
        return this == BLOCK || this == INTERRUPT || this == INTERRUPTED;
    }

    private static boolean interruptItself() {
        Thread.currentThread().interrupt();
        return true;
    }
}
