package io.dewpond.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Sees whether anybody else computes on this machine: what is measured meanwhile is to be measured again. */
final class Others {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Others() {}

    /** Starts to watch: the two loads below are told for the time since they were last asked for. */
    static Others watch() {
        Others others = new Others();
        others.share();
        return others;
    }

    /** How much of the machine other processes had, in percent. */
    double share() {
        return Math.max(0, system.getCpuLoad() - system.getProcessCpuLoad()) * 100;
    }
}
