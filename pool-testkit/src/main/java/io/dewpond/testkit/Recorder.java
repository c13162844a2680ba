package io.dewpond.testkit;

import io.dewpond.Callback;
import io.dewpond.DestroyReason;
import io.dewpond.PoolException;
import io.dewpond.PoolListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it is told. */
final class Recorder implements PoolListener<Resource> {
    private final List<String> events = new CopyOnWriteArrayList<>();

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
    public void callbackFailed(Callback callback, Throwable cause) {
        events.add(callback + " failed: " + cause.getClass().getSimpleName());
    }

    @Override
    public void acquireFailed(PoolException failure) {
        events.add("acquire failed: " + failure.getClass().getSimpleName());
    }

    List<String> events() {
        return List.copyOf(events);
    }
}
