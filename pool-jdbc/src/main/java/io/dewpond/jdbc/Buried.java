package io.dewpond.jdbc;

/**
 * Counts what was closed while something newer was open, and so stays in the list of a {@link TrackingConnection}, to tell
 * when a sweep is worth it. Belongs to the driver's connection, to save each borrow the memory. Plain, and wrong if several
 * threads count at once, or by what the last borrower left: a sweep comes a little early or late.
 */
final class Buried {
    /** Closed members that are not worth a look. */
    private static final int FEW = 16;

    private int count;
    private int bearable = FEW;

    /** Counts one; tells whether these are too many. */
    boolean oneMore() {
        return ++count > bearable;
    }

    /** After a sweep that has left so many. */
    void restart(int open) {
        count = 0;
        bearable = FEW + 2 * open;
    }
}
