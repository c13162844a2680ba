package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Padding;
import io.dewpond.benchmarks.stub.Stub;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The physical limit: a slot that a thread remembers, one compare-and-set to take it and one fenced store to give it
 * back. It is not a pool: nobody queues, nothing is created, replaced or observed. A sound pool can't do less.
 *
 * <p>The checked variant also proves, by a second compare-and-set, that the lease hadn't ended.
 */
final class LimitContestant<T> implements Contestant<LimitContestant.Place<T>> {
    /** What ends an object. */
    private interface Ending<T> {
        void end(T object) throws SQLException;
    }

    private final Place<T>[] places;
    private final ThreadLocal<Place<T>> mine;
    private final long timeoutNanos;
    private final boolean checked;
    private final Ending<T> ending;

    private LimitContestant(Settings settings, boolean checked, Callable<T> opening, Ending<T> ending)
            throws Exception {
        places = Place.array(settings.size());
        for (int i = 0; i < places.length; i++) {
            places[i] = new Place<>(opening.call(), i);
        }
        AtomicInteger next = new AtomicInteger();
        mine = ThreadLocal.withInitial(() -> places[Math.floorMod(next.getAndIncrement(), places.length)]);
        timeoutNanos = settings.timeout().toNanos();
        this.checked = checked;
        this.ending = ending;
    }

    static Contestant<?> ofStubs(Settings settings, boolean checked) throws Exception {
        return new LimitContestant<>(settings, checked, Stub::new, Stub::destroy);
    }

    static Contestant<?> ofConnections(Settings settings) throws Exception {
        return new LimitContestant<>(
                settings, false, () -> DriverManager.getConnection(settings.url()), Connection::close);
    }

    @Override
    public Place<T> acquire() throws TimeoutException {
        Place<T> place = mine.get();
        return place.take() ? place : search(place.index);
    }

    @SuppressWarnings("ThreadPriorityCheck") // it has no queue: that is why it is the limit
    private Place<T> search(int start) throws TimeoutException {
        long deadline = System.nanoTime() + timeoutNanos;
        for (int i = start; ; i++) {
            Place<T> place = places[Math.floorMod(i, places.length)];
            if (place.take()) {
                mine.set(place);
                return place;
            }
            if (Math.floorMod(i + 1, places.length) == start) {
                Thread.yield();
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException();
                }
            }
        }
    }

    @Override
    public void release(Place<T> place) {
        if (!checked || place.end()) {
            place.free();
        }
    }

    @Override
    public Object lent(Place<T> place) {
        return (Object) place.object;
    }

    @Override
    public void close() throws SQLException {
        for (Place<T> place : places) {
            ending.end(place.object);
        }
    }

    /** A place, on cache lines of its own. */
    static final class Place<T> extends Padding {
        private static final int FREE = 0;
        private static final int TAKEN = 1;
        private static final int ENDING = 2;
        private static final VarHandle STATE;

        static {
            try {
                STATE = MethodHandles.lookup().findVarHandle(Place.class, "state", int.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private final T object;
        private final int index;

        @SuppressWarnings("unused") // by STATE
        private volatile int state;

        Place(T object, int index) {
            this.object = object;
            this.index = index;
        }

        @SuppressWarnings({"unchecked", "rawtypes"})
        static <T> Place<T>[] array(int length) {
            return new Place[length];
        }

        boolean take() {
            return STATE.compareAndSet(this, FREE, TAKEN);
        }

        boolean end() {
            return STATE.compareAndSet(this, TAKEN, ENDING);
        }

        void free() {
            STATE.setVolatile(this, FREE);
        }
    }
}
