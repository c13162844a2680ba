package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import java.time.Duration;

/** A lease as others see it: which stay of which slot, who asked for it, and when. */
record Holding<T>(Slot<T> slot, long stay, Thread borrower, long since) {
    LeaseHolder at(long now) {
        return new LeaseHolder(name(), Duration.ofNanos(Math.max(0, now - since)));
    }

    /** The name tells who held the object at the time; a virtual thread often has none. */
    private String name() {
        String name = borrower.getName();
        return name.isEmpty() ? "thread #" + borrower.getId() : name;
    }
}
