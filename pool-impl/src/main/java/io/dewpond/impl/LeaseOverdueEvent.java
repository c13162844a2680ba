package io.dewpond.impl;

import io.dewpond.LeaseHolder;
import java.util.List;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A lease is out for too long. The stack that matters isn't that of the thread that found out. */
@Name("io.dewpond.LeaseOverdue")
@Label("Lease Overdue")
@Description("A lease is out for longer than overdueAfter; told once, while it lasts")
@StackTrace(false)
final class LeaseOverdueEvent extends PoolEvent {
    @Label("Holder")
    @Description("The name of the thread that acquired the object")
    final String holder;

    @Label("Held")
    @Timespan(Timespan.NANOSECONDS)
    final long held;

    @Label("Doing")
    @Description("The stack of the holder now")
    final String doing;

    @Label("Acquired At")
    @Description("The stack of the acquire, if siteSampling recorded it")
    final String site;

    private LeaseOverdueEvent(String pool, LeaseHolder holder, List<StackTraceElement> stack) {
        super(pool);
        this.holder = holder.thread();
        held = holder.held().toNanos();
        doing = Stacks.lines(stack).strip();
        site = Stacks.lines(holder.site()).strip();
    }

    static void tell(String pool, LeaseHolder holder, List<StackTraceElement> stack) {
        new LeaseOverdueEvent(pool, holder, stack).commit();
    }
}
