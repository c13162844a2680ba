package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lease as others see it: which stay of which slot, who asked for it, when and, if recorded, where. */
record Holding<T>(
        Slot<T> slot,
        long stay,
        Thread borrower,
        long since,
        @Nullable Throwable site) {
    LeaseHolder at(long now) {
        return new LeaseHolder(
                nameOf(borrower),
                Duration.ofNanos(Math.max(0, now - since)),
                site == null ? List.of() : List.of(site.getStackTrace()));
    }

    /** The name tells who it was at the time; a virtual thread often has none. */
    static String nameOf(Thread thread) {
        String name = thread.getName();
        return name.isEmpty() ? "thread #" + thread.getId() : name;
    }
}
