package io.dewpond.impl;

import io.dewpond.DestroyReason;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An object was destroyed; by a thread of the pool, whose stack tells nothing. */
@Name("io.dewpond.Destroy")
@Label("Destroy")
@Description("An object was destroyed")
@StackTrace(false)
final class DestroyEvent extends PoolEvent {
    @Label("Reason")
    final String reason;

    @Label("Failure")
    @Description("What the destruction threw, or that it was given up at its timeout")
    final @Nullable String failure;

    private DestroyEvent(String pool, DestroyReason reason, @Nullable Throwable failure) {
        super(pool);
        this.reason = reason.name();
        this.failure = failure == null ? null : failure.toString();
    }

    static void tell(String pool, DestroyReason reason, @Nullable Throwable failure) {
        new DestroyEvent(pool, reason, failure).commit();
    }
}
