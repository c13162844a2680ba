package io.dewpond.impl;

import io.dewpond.ObjectFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Which factory made, and so destroys, an object. A replacement begins a new epoch, and each place knows the epoch of its
 * object; so the factory follows from that, and no place need remember it.
 *
 * <p>Written under the lock of the {@link Exchange}, in the step that begins the epoch; read by anybody. Whoever asks about a
 * place has learned of its stay from that lock, in the same step or a later one, and so sees the factories that were known
 * then. A factory is forgotten once no place has anything of its making, whether object or creation; whoever has an object
 * of its making in no place, as a creation that was given up, took the factory into its own hands before.
 */
final class Factories<T> {
    /** Immutable, the oldest first. */
    private volatile List<Era<T>> eras;

    Factories(ObjectFactory<T> first) {
        eras = List.of(new Era<>(0, first));
    }

    /** The factory of what is made in an epoch. */
    ObjectFactory<T> of(long epoch) {
        List<Era<T>> known = eras;
        int last = known.size() - 1;
        while (last > 0 && known.get(last).since > epoch) {
            last--;
        }
        return known.get(last).factory;
    }

    /**
     * Has what is made from an epoch on made by this factory.
     *
     * @param since the first epoch of the factory, later than all before
     * @param oldest the oldest epoch of which a place has anything, before that one
     */
    void adopt(ObjectFactory<T> factory, long since, long oldest) {
        List<Era<T>> known = new ArrayList<>(eras);
        known.add(new Era<>(since, factory));
        while (known.get(1).since <= oldest) { // not so of the last one, of which there is nothing yet
            known.remove(0);
        }
        eras = List.copyOf(known);
    }

    /** How many factories are still known. */
    int known() {
        return eras.size();
    }

    private record Era<T>(long since, ObjectFactory<T> factory) {}
}
