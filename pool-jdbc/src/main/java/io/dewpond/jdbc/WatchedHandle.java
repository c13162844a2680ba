package io.dewpond.jdbc;

import io.dewpond.Lease;
import org.jspecify.annotations.Nullable;

/** A connection as its borrower sees it, in a pool that reports what he leaves open. */
final class WatchedHandle extends ConnectionHandle {
    private final Watch watch;
    private final String thread = Thread.currentThread().getName();
    private final long since;
    private final @Nullable Throwable site;

    WatchedHandle(Lease<PhysicalConnection> lease, Watch watch) {
        super(lease);
        this.watch = watch;
        since = watch.now();
        site = watch.site();
    }

    @Override
    public void close() {
        int open = isClosed() ? 0 : open();
        super.close();
        if (open > 0) {
            watch.leftOpen(open, thread, since, site);
        }
    }
}
