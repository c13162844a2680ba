package io.dewpond.testkit;

import io.dewpond.Lease;
import org.jspecify.annotations.Nullable;

/** A lease that marks its resource as in use until it is first ended, so that a resource that is lent twice notices. */
final class CheckedLease implements Lease<Resource> {
    private final Lease<Resource> lease;
    private final Resource resource;
    private boolean left;

    CheckedLease(Lease<Resource> lease) {
        this.lease = lease;
        this.resource = lease.get();
        resource.enter();
    }

    /** The resource, also after the lease has ended. */
    Resource resource() {
        return resource;
    }

    @Override
    public Resource get() {
        return lease.get();
    }

    @Override
    public void close() {
        leave();
        lease.close();
    }

    @Override
    public void invalidate(@Nullable Throwable cause) {
        leave();
        lease.invalidate(cause);
    }

    @Override
    public Resource detach() {
        leave();
        return lease.detach();
    }

    /** Whoever comes second waits until the first has left: the object may be lent again as soon as this returns. */
    private synchronized void leave() {
        if (!left) {
            left = true;
            resource.leave();
        }
    }
}
