package io.dewpond.impl;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread had its last object from, by the thread's id: the object, and the slot's line, may still be in its
 * core's cache. Threads may share an entry, and read and write it without any order: a wrong hint costs a look. Slots are
 * never replaced, so each is a slot of the pool all the same.
 *
 * <p>A pool holds the table itself: an object around it would be one more load on the way to the slot.
 */
final class ThreadHints {
    private static final int ENTRIES = 64;

    private ThreadHints() {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of nothing but slots
    static <T> @Nullable Slot<T>[] table() {
        return new Slot[ENTRIES];
    }

    static int entry(Thread thread) {
        return (int) thread.getId() & ENTRIES - 1;
    }
}
