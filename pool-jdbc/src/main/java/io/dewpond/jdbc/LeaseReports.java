package io.dewpond.jdbc;

import io.dewpond.LeaseHolder;
import io.dewpond.PoolListener;
import java.util.List;

/** Passes on to the listener of a pool of connections what the engine tells of long leases. */
final class LeaseReports implements PoolListener<PhysicalConnection> {
    private final JdbcListener listener;

    LeaseReports(JdbcListener listener) {
        this.listener = listener;
    }

    @Override
    public void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
        listener.connectionOverdue(holder, stack);
    }

    @Override
    public void overdueLeaseEnded(LeaseHolder holder) {
        listener.overdueConnectionReturned(holder);
    }
}
