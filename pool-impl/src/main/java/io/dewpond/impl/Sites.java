package io.dewpond.impl;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Records where objects are acquired, if asked to: each time, or once in so many times, at random. */
final class Sites {
    private final int oneIn;

    Sites(int oneIn) {
        this.oneIn = oneIn;
    }

    boolean areRecorded() {
        return oneIn > 0;
    }

    /** The stack of this thread, or null if it isn't its turn. Its frames are resolved only when somebody asks. */
    @Nullable
    Throwable sample() {
        return oneIn == 0 ? null : draw();
    }

    private @Nullable Throwable draw() {
        return oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0 ? new Throwable("acquired here") : null;
    }
}
