package io.dewpond.impl;

import io.dewpond.AcquireRejectedException;
import io.dewpond.AcquireTimeoutException;
import io.dewpond.CreationFailedException;
import io.dewpond.PoolClosedException;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A borrower found nothing idle and waited. The threshold is that of the JDK's own events of waiting threads. */
@Name("io.dewpond.Acquire")
@Label("Acquire")
@Description("A borrower waited for an object; one that was lent an idle object at once isn't here")
@Threshold("20 ms")
final class AcquireEvent extends PoolEvent implements Flight.Span {
    @Label("Borrower")
    @Description("Who asked for the object; not the thread of the event where a future was asked for")
    final Thread borrower = Thread.currentThread();

    @Label("Outcome")
    @Description("served, timed out, rejected, interrupted, cancelled, closed or creation failed")
    @Nullable
    String outcome;

    private AcquireEvent(String pool) {
        super(pool);
    }

    static AcquireEvent begun(String pool) {
        AcquireEvent event = new AcquireEvent(pool);
        event.begin();
        return event;
    }

    @Override
    public void ended(@Nullable Throwable failure) {
        end();
        if (shouldCommit()) {
            outcome = outcome(failure);
            commit();
        }
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "served";
        } else if (failure instanceof AcquireTimeoutException) {
            return "timed out";
        } else if (failure instanceof AcquireRejectedException) {
            return "rejected";
        } else if (failure instanceof InterruptedException) {
            return "interrupted";
        } else if (failure instanceof PoolClosedException) {
            return "closed";
        }
        return failure instanceof CreationFailedException ? "creation failed" : "cancelled";
    }
}
