package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Nobody will end a lease any more; the stack of the thread that found out tells nothing. */
@Name("io.dewpond.LeaseLost")
@Label("Lease Lost")
@Description("A lease was garbage collected before anybody had ended it")
@StackTrace(false)
final class LeaseLostEvent extends PoolEvent {
    @Label("Holder")
    @Description("The name of the thread that acquired the object")
    final String holder;

    @Label("Held")
    @Description("Until the loss was found out")
    @Timespan(Timespan.NANOSECONDS)
    final long held;

    @Label("Acquired At")
    @Description("The stack of the acquire, if siteSampling recorded it")
    final String site;

    private LeaseLostEvent(String pool, LeaseHolder holder) {
        super(pool);
        this.holder = holder.thread();
        held = holder.held().toNanos();
        site = Stacks.lines(holder.site()).strip();
    }

    static void tell(String pool, LeaseHolder holder) {
        new LeaseLostEvent(pool, holder).commit();
    }
}
