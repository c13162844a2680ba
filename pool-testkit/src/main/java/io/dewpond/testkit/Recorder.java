package io.dewpond.testkit;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.LeaseHolder;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it is told. */
final class Recorder implements PoolListener<Resource> {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<LeaseHolder> holders = new CopyOnWriteArrayList<>();
    private final List<List<StackTraceElement>> stacks = new CopyOnWriteArrayList<>();

    @Override
    public void created(Resource object, Duration took) {
        events.add("created " + object.number());
    }

    @Override
    public void creationFailed(Throwable cause) {
        events.add("creation failed: " + cause.getClass().getSimpleName());
    }

    @Override
    public void destroyed(Resource object, DestroyReason reason) {
        events.add("destroyed " + object.number() + ": " + reason);
    }

    @Override
    public void evicted(Resource object, String reason) {
        events.add("evicted " + object.number() + ": " + reason);
    }

    @Override
    public void callbackFailed(Callback callback, Throwable cause) {
        events.add(callback + " failed: " + cause.getClass().getSimpleName());
    }

    @Override
    public void acquireFailed(PoolException failure) {
        events.add("acquire failed: " + failure.getClass().getSimpleName());
    }

    @Override
    public void leaseLost(LeaseHolder holder) {
        holders.add(holder);
        events.add("lease of " + holder.thread() + " lost");
    }

    @Override
    public void leaseOverdue(LeaseHolder holder, List<StackTraceElement> stack) {
        holders.add(holder);
        stacks.add(stack);
        events.add("lease of " + holder.thread() + " overdue");
    }

    @Override
    public void overdueLeaseEnded(LeaseHolder holder) {
        holders.add(holder);
        events.add("overdue lease of " + holder.thread() + " ended");
    }

    @Override
    public void leaseReclaimed(LeaseHolder holder) {
        holders.add(holder);
        events.add("lease of " + holder.thread() + " reclaimed");
    }

    /** Of the leases that were told to be lost or overdue or, after that, to have ended; in order. */
    List<LeaseHolder> holders() {
        return List.copyOf(holders);
    }

    /** What the holders of the leases that were told to be overdue were doing. */
    List<List<StackTraceElement>> stacks() {
        return List.copyOf(stacks);
    }

    List<String> events() {
        return List.copyOf(events);
    }
}
