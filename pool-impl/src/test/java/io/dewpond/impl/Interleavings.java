package io.dewpond.impl;

/** How far the model checker goes: {@code -Dinterleavings=100} takes it a hundred times as far as usual. */
final class Interleavings {
    private static final int TIMES = Integer.getInteger("interleavings", 1);

    private Interleavings() {}

    /** So many random programs, for a test that does so many by default. */
    static int programs(int usual) {
        return usual * TIMES;
    }
}
