package io.dewpond.jdbc;

import io.dewpond.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A lease of a pool of one connection, which counts how it ended and resets on release as a pool would. */
final class OneLease implements Lease<PhysicalConnection> {
    private final PhysicalConnection physical;
    private final AtomicInteger ends = new AtomicInteger();
    private volatile boolean released;
    private volatile Throwable invalidatedBy;
    private volatile Throwable resetFailure;
    private volatile Runnable beforeTheEnd = () -> {};

    OneLease(Connection driver) throws SQLException {
        this(PhysicalConnection.over(driver, SessionDefaults.NONE));
    }

    OneLease(PhysicalConnection physical) {
        this.physical = physical;
    }

    @Override
    public PhysicalConnection get() {
        if (ends.get() > 0) {
            throw new IllegalStateException("ended");
        }
        return physical;
    }

    @Override
    public void close() {
        beforeTheEnd.run();
        if (!ends.compareAndSet(0, 1)) {
            return;
        }
        try {
            physical.reset();
            released = true;
        } catch (Throwable failure) {
            resetFailure = failure;
        }
    }

    @Override
    public void invalidate(Throwable cause) {
        if (!ends.compareAndSet(0, 1)) {
            throw new IllegalStateException("ended");
        }
        invalidatedBy = cause;
    }

    @Override
    public PhysicalConnection detach() {
        throw new AssertionError("no handle detaches");
    }

    ConnectionHandle handle() {
        return new ConnectionHandle(this);
    }

    PhysicalConnection physical() {
        return physical;
    }

    /** Does something whenever somebody is about to close this. */
    void beforeTheEnd(Runnable event) {
        beforeTheEnd = event;
    }

    /** Returns how often the lease was ended, which the pool survives and a handle must not do. */
    int ends() {
        return ends.get();
    }

    /** Tells whether the connection went back to be lent again. */
    boolean isReleased() {
        return released;
    }

    /** Returns what the handle discarded the connection for, or null. */
    Throwable invalidatedBy() {
        return invalidatedBy;
    }

    /** Returns why the reset failed, or null. */
    Throwable resetFailure() {
        return resetFailure;
    }
}
