package io.dewpond.impl;

import java.util.EnumSet;
import java.util.Set;

/** What can be said of a place in the pool. */
enum State {
    /** There is no object, and nobody makes one. */
    EMPTY(0),
    /** An object is being made. */
    CREATING(1),
    /** An object waits to be lent. */
    IDLE(2),
    /** A borrower has the object. */
    LEASED(3),
    /** The pool itself has the object: to judge, validate, reset, hand over or destroy it. */
    MAINTENANCE(4);

    private static final State[] STATES = values();

    private final int code;

    State(int code) {
        this.code = code;
    }

    /** The word of a slot that is in this state for the given generation. */
    long withGeneration(long generation) {
        return generation << 3 | code;
    }

    /** Whether a slot with this word is in this state. */
    boolean is(long stay) {
        return (stay & 7) == code;
    }

    static State of(long stay) {
        return STATES[(int) (stay & 7)];
    }

    /** Tells whether a place may go from this state to another; from maintenance to maintenance changes the owner. */
    boolean mayBecome(State next) {
        return successors().contains(next);
    }

    private Set<State> successors() {
        return switch (this) {
            case EMPTY -> EnumSet.of(CREATING);
            case CREATING -> EnumSet.of(MAINTENANCE, EMPTY);
            case IDLE -> EnumSet.of(LEASED, MAINTENANCE);
            case LEASED -> EnumSet.of(IDLE, MAINTENANCE);
            case MAINTENANCE -> EnumSet.of(IDLE, LEASED, MAINTENANCE, EMPTY);
        };
    }
}
