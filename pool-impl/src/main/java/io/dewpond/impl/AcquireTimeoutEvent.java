package io.dewpond.impl;

import io.dewpond.AcquireTimeoutException;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A borrower got nothing in time; tells in short what the exception tells at length. */
@Name("io.dewpond.AcquireTimeout")
@Label("Acquire Timeout")
@Description("A borrower got nothing in time")
final class AcquireTimeoutEvent extends PoolEvent {
    @Label("Waited")
    @Timespan(Timespan.NANOSECONDS)
    final long waited;

    @Label("Message")
    @Description("The pool's numbers, who holds its objects, and how the last creation failed")
    final @Nullable String message;

    @Label("Self-Deadlock")
    @Description("Whether the borrower held all there is itself")
    final boolean selfDeadlock;

    private AcquireTimeoutEvent(AcquireTimeoutException timeout) {
        super(timeout.pool());
        waited = timeout.waited().toNanos();
        message = timeout.getMessage();
        selfDeadlock = timeout.selfDeadlock();
    }

    static void tell(AcquireTimeoutException timeout) {
        new AcquireTimeoutEvent(timeout).commit();
    }
}
