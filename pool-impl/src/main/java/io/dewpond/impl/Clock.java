package io.dewpond.impl;

import io.dewpond.Ticker;

/**
 * The time on the way in and out of a pool. A reading of the system's clock costs more than all the rest of a good cycle,
 * and there nobody needs to know more than roughly how long an object was idle or lent; so the system's time is taken from
 * the last {@link CoarseTime tick}. Any other ticker is asked, and so is the system's where times are measured.
 */
final class Clock {
    /** Longer than anything takes, and little enough to be added to a reading or taken from it. */
    static final long FAR_NANOS = Long.MAX_VALUE / 4;

    private final Ticker ticker;
    private final boolean coarse;

    Clock(Ticker ticker, boolean precise) {
        this.ticker = ticker;
        coarse = !precise && ticker == Ticker.system();
    }

    long about() {
        return coarse ? CoarseTime.now() : ticker.nanoTime();
    }
}
