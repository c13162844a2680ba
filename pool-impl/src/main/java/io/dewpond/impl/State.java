package io.dewpond.impl;

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

    /** The bits of a slot's word that tell the state. */
    static final long BITS = 7;

    private static final State[] STATES = values();

    /** For each state by its code the states that may follow, a bit for each of their codes. */
    private static final int[] SUCCESSORS = new int[STATES.length];

    static {
        EMPTY.leadsTo(CREATING);
        CREATING.leadsTo(MAINTENANCE, EMPTY);
        IDLE.leadsTo(LEASED, MAINTENANCE);
        LEASED.leadsTo(IDLE, MAINTENANCE);
        MAINTENANCE.leadsTo(IDLE, LEASED, MAINTENANCE, EMPTY);
    }

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
        return (stay & BITS) == code;
    }

    static State of(long stay) {
        return STATES[(int) (stay & BITS)];
    }

    /** Tells whether a place may go from this state to another; from maintenance to maintenance changes the owner. */
    boolean mayBecome(State next) {
        return (SUCCESSORS[code] & 1 << next.code) != 0;
    }

    private void leadsTo(State... next) {
        for (State state : next) {
            SUCCESSORS[code] |= 1 << state.code;
        }
    }
}
