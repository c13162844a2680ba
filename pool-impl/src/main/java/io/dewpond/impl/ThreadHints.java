package io.dewpond.impl;

/**
 * Where a thread had its last object from, by the thread's id: the object, and the slot's line, may still be in its
 * core's cache. Threads may share an entry, and read and write it without any order: a wrong hint costs a look.
 */
final class ThreadHints {
    private static final int ENTRIES = 64;

    private final int[] places = new int[ENTRIES];

    int of(Thread thread) {
        return places[entry(thread)];
    }

    void remember(Thread thread, int place) {
        places[entry(thread)] = place;
    }

    private static int entry(Thread thread) {
        return (int) thread.getId() & ENTRIES - 1;
    }
}
