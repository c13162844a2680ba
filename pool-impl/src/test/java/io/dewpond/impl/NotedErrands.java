package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.PoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Only notes what it is sent for, so that a test does it when it wants to. */
final class NotedErrands<T> implements Errands<T> {
    final List<Taken<T>> created = new ArrayList<>();
    final List<Taken<T>> inspected = new ArrayList<>();
    final List<Taken<T>> destroyed = new ArrayList<>();
    /** Why what is in {@link #destroyed} was to be destroyed, in the same order. */
    private final List<DestroyReason> reasons = new ArrayList<>();

    final List<Long> alarms = new ArrayList<>();
    final List<Throwable> failures = new ArrayList<>();
    final List<CompletableFuture<Void>> completed = new ArrayList<>();

    static <T> List<Slot<T>> slots(List<Taken<T>> taken) {
        return taken.stream().map(Taken::slot).toList();
    }

    List<DestroyReason> reasons() {
        return List.copyOf(reasons);
    }

    @Override
    public void create(Slot<T> slot, long stay) {
        created.add(new Taken<>(slot, stay));
    }

    @Override
    public void inspect(Slot<T> slot, long stay) {
        inspected.add(new Taken<>(slot, stay));
    }

    @Override
    public void destroy(Slot<T> slot, long stay, DestroyReason reason) {
        destroyed.add(new Taken<>(slot, stay));
        reasons.add(reason);
    }

    @Override
    public void wakeAt(long time) {
        alarms.add(time);
    }

    @Override
    public void lent(long now) {
        // That somebody may have to look at the lease in time is no business of these tests.
    }

    @Override
    public void failed(Callback callback, Throwable cause) {
        failures.add(cause);
    }

    @Override
    public void complete(CompletableFuture<Void> done) {
        completed.add(done);
    }

    @Override
    public void fail(CompletableFuture<Void> done, PoolException failure) {
        completed.add(done);
    }
}
