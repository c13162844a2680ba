package io.dewpond.impl;

import org.jspecify.annotations.Nullable;

/**
 * Where a thread had its last object from, by the thread's id: the object, and the slot's line, may still be in its
 * core's cache. Threads may share an entry, and read and write it without any order: a wrong hint costs a look. Slots are
 * never replaced, so each is a slot of the pool all the same.
 */
final class ThreadHints<T> {
    private static final int ENTRIES = 64;

    private final @Nullable Slot<T>[] slots;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of nothing but slots
    ThreadHints() {
        slots = new Slot[ENTRIES];
    }

    @Nullable
    Slot<T> of(Thread thread) {
        return slots[entry(thread)];
    }

    void remember(Thread thread, Slot<T> slot) {
        slots[entry(thread)] = slot;
    }

    private static int entry(Thread thread) {
        return (int) thread.getId() & ENTRIES - 1;
    }
}
