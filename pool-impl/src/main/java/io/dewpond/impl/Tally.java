package io.dewpond.impl;

import io.dewpond.PoolStats;
import java.util.Map;

/** What has happened so far; guarded by the lock of the {@link Exchange}. */
final class Tally {
    long timedOut;
    long rejected;
    long created;
    long creationFailures;
    long detached;
    long lost;
    long reclaimed;
    final Endings endings = new Endings();

    /** All that can be counted at this moment. */
    <T> PoolStats stats(Terms<T> terms, Places<T> places, int waiting, int abandonedCalls, long callbackFailures) {
        Map<State, Integer> in = places.countByState();
        long leases = places.all().stream().mapToLong(Slot::leasesEver).sum();
        return new PoolStats(
                terms.maxSize,
                terms.minIdle,
                in.getOrDefault(State.IDLE, 0),
                in.getOrDefault(State.LEASED, 0),
                in.getOrDefault(State.CREATING, 0),
                in.getOrDefault(State.MAINTENANCE, 0),
                waiting,
                abandonedCalls + places.haunted(),
                leases,
                timedOut,
                rejected,
                created,
                creationFailures,
                endings.all(),
                detached,
                callbackFailures,
                lost,
                reclaimed,
                terms.suspended,
                endings.destructions(),
                endings.evictions());
    }
}
