package io.dewpond.impl;

/**
 * What a running thread has to know without the lock, in one word: whether anything is out of the ordinary, and how
 * often the pool was refreshed. Written under the lock of the {@link Exchange}, read by everybody.
 *
 * <p>It works by publishing first and looking then, on both sides. Who makes an object idle looks here afterwards; who
 * has something that concerns idle objects (a waiter, a refresh, the shutdown) shows it here and looks at the slots
 * afterwards. All four steps are volatile, so at least one of the two sees the other.
 */
final class Beacon extends Padding {
    /** Nothing is lent any more. */
    static final long CLOSED = 1;
    /** There are more objects than there may be. */
    static final long SURPLUS = 1 << 1;
    /** Somebody waits. */
    static final long QUEUE = 1 << 2;
    /** The head has waited for too long: nobody overtakes. */
    static final long STARVING = 1 << 3;
    /** There is room for another object. */
    static final long ROOM = 1 << 4;
    /** Nothing is lent for now. */
    static final long SUSPENDED = 1 << 5;
    /** Somebody wants to be told when the spares are ready: who makes an object idle does so under the lock. */
    static final long WARMING = 1 << 6;
    /** Idle objects are lent in an order of their own: nobody takes what he finds first. Set for good, or never. */
    static final long ORDERED = 1 << 7;
    /** Who has just come takes nothing. */
    static final long SHUT_TO_NEWCOMERS = CLOSED | STARVING | SUSPENDED;
    /** The head of the queue takes nothing. */
    static final long SHUT_TO_THE_HEAD = CLOSED | SUSPENDED;

    private static final int EPOCH_SHIFT = 8;

    private volatile long word;

    static long word(long epoch, long flags) {
        return epoch << EPOCH_SHIFT | flags;
    }

    static long epoch(long word) {
        return word >>> EPOCH_SHIFT;
    }

    static boolean has(long word, long flags) {
        return (word & flags) != 0;
    }

    long word() {
        return word;
    }

    void show(long shown) {
        if (word != shown) {
            word = shown;
        }
    }
}
