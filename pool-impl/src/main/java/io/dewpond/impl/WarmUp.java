package io.dewpond.impl;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread, if any, that waits for the spares. Belongs to the lock of the {@link Exchange}. */
final class WarmUp {
    private @Nullable Thread waiting;

    /** Registers the thread to be unparked when it is worth looking again. */
    void register(@Nullable Thread thread) {
        waiting = thread;
    }

    void signal(After after) {
        Thread thread = waiting;
        if (thread != null) {
            after.add(() -> LockSupport.unpark(thread));
        }
    }
}
