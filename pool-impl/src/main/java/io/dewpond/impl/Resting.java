package io.dewpond.impl;

/** An object that was seen idle, and could make room for another. */
record Resting<T>(Exchange<T> exchange, Slot<T> slot, long stay, long usedAt) {
    /** Takes it, to be destroyed, unless it has gone or somebody waits for it by now. */
    boolean makesRoom() {
        return exchange.makeRoom(slot, stay);
    }
}
