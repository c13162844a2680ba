package io.dewpond.impl;

import io.dewpond.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * The system's time, read every few milliseconds by the {@link Keeper}'s thread for all who use it. When nobody has used
 * it for a while the ticking stops, so that quiet pools cost no wake-ups; who uses it next reads the clock and starts the
 * ticking again.
 */
final class CoarseTime extends Padding {
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** Ticks that nobody uses before the ticking stops. */
    static final int MOST_UNUSED = 50;

    private static final CoarseTime SHARED = new CoarseTime();

    private volatile long reading;
    /** Whether somebody has used the reading since the last tick; false also means that nobody may tick at all. */
    private volatile boolean used;

    private volatile boolean ticking;
    /** The keeper's own. */
    private int unused;

    static long now() {
        CoarseTime time = SHARED;
        return time.used ? time.reading : time.use();
    }

    long use() {
        if (ticking) {
            used = true; // before another look: the keeper stops ticking before its own last look at this
            if (ticking) {
                return reading;
            }
        }
        long now = Ticker.system().nanoTime();
        reading = now; // before others take it for a reading in use
        used = true;
        Keeper.rouse(Ticker.system());
        return now;
    }

    /** Reads the clock if that is due. Called by the keeper alone; returns when to call again, or never. */
    static long tick(long now, long never) {
        return SHARED.tickOnce(now, never);
    }

    long tickOnce(long now, long never) {
        if (ticking && now - reading < TICK_NANOS) {
            return reading + TICK_NANOS;
        }
        if (used) {
            used = false;
            unused = 0;
            ticking = true;
        } else if (++unused > MOST_UNUSED) {
            ticking = false;
            if (used) {
                ticking = true;
            }
        }
        reading = now;
        return ticking ? now + TICK_NANOS : never;
    }

    /** The keeper ends: who asks for the time reads the clock, until another keeper ticks. */
    static void stop() {
        SHARED.ticking = false;
        SHARED.used = false;
    }
}
