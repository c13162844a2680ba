package io.dewpond.impl;

import io.dewpond.Callback;
import io.dewpond.Hook;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes, aborts and destroys objects with the user's callbacks, in the caller's thread, and tells what came of it. Any of
 * it may hang; what to do then is the task's business that calls it.
 */
final class Maker<T> {
    private final String name;
    private final ObjectFactory.@Nullable Disposal<? super T> abort;
    private final @Nullable Hook<? super T> afterCreate;
    private final Inspector<T> inspector;
    private final Events<T> events;

    Maker(PoolConfig<T> config, Inspector<T> inspector, Events<T> events) {
        name = config.name();
        abort = config.abortAtShutdown();
        afterCreate = config.afterCreate();
        this.inspector = inspector;
        this.events = events;
    }

    Flight flight() {
        return events.flight();
    }

    T make(ObjectFactory<T> factory) throws Exception {
        T object = factory.create();
        if (object == null) {
            throw new NullPointerException("The factory of pool '" + name + "' returned null");
        }
        return object;
    }

    void made(T object, long tookNanos) {
        events.created(object, tookNanos);
    }

    /** Does to a new object what the user wants done; returns what went wrong, or null. It counts unless it was given up. */
    @Nullable
    Throwable prepare(T object, BooleanSupplier counts) {
        if (afterCreate == null) {
            return null;
        }
        try {
            afterCreate.run(object);
            return null;
        } catch (Throwable thrown) {
            if (counts.getAsBoolean()) {
                inspector.failed(Callback.AFTER_CREATE, thrown);
            }
            return thrown;
        }
    }

    void failed(Throwable cause) {
        Log.POOL.warn("Pool '{}': a creation failed: {}", name, cause.toString());
        Log.POOL.debug("Pool '{}': a creation failed", name, cause);
        events.tell(listener -> listener.creationFailed(cause));
    }

    IllegalStateException unfit() {
        return new IllegalStateException("A new object of pool '" + name + "' failed its validation");
    }

    void evicted(T object, String why) {
        events.tell(listener -> listener.evicted(object, why));
    }

    boolean aborts() {
        return abort != null;
    }

    /** Makes an object fail in its borrower's hands. */
    void abort(Slot<T> slot) {
        if (abort != null) {
            try {
                abort.dispose(slot.object());
            } catch (Throwable thrown) {
                inspector.failed(Callback.ABORT, thrown);
            }
        }
    }

    /** Destroys an object; returns what the factory threw, or null. */
    @Nullable
    Throwable destroy(T object, ObjectFactory<T> factory) {
        try {
            factory.destroy(object);
            return null;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    void destroyed(T object, Ending ending, @Nullable Throwable failure) {
        if (failure != null) {
            inspector.failed(Callback.DESTROY, failure);
        }
        events.destroyed(object, ending.reason(), failure);
    }

    /** Destroys an object that never got into its place, in the thread that made it. */
    void destroyUnused(T object, ObjectFactory<T> factory, Ending ending) {
        destroyed(object, ending, destroy(object, factory));
    }
}
