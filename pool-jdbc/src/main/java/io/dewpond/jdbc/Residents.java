package io.dewpond.jdbc;

import io.dewpond.EvictionPolicy;
import io.dewpond.ObjectInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knows which users have connections, and by which password the server let each in last.
 *
 * <p>That password is the right one now, and what another opened is superseded: it goes, at once if it is idle, else on its
 * return. So who still comes with a password that has been changed doesn't live on what it opened when it was right.
 *
 * <p>Written by those who connect and close, under a lock; read by borrowers without. A borrower who reads what was true a
 * moment before has come before the change.
 */
final class Residents implements EvictionPolicy<PhysicalConnection> {
    private final AtomicLong logins = new AtomicLong();
    private final ConcurrentMap<String, Arrival> last = new ConcurrentHashMap<>();
    private final Set<PhysicalConnection> superseded = ConcurrentHashMap.newKeySet();

    /** Guarded by this. */
    private final Map<PhysicalConnection, Identity> owners = new HashMap<>();

    /** Begins a login; returns its number. */
    long begin() {
        return logins.incrementAndGet();
    }

    /**
     * The server has let somebody in. Of two passwords the one is right whose login began later: another may have been
     * accepted in the last instant before the change, and have taken its time.
     *
     * @param login its number
     */
    synchronized void add(Identity who, long login, PhysicalConnection connection) {
        Arrival former = last.get(who.user());
        owners.put(connection, who);
        if (former != null && !former.who.equals(who)) {
            if (login < former.login) {
                superseded.add(connection);
                return;
            }
            owners.forEach((other, owner) -> {
                if (owner.user().equals(who.user()) && !owner.equals(who)) {
                    superseded.add(other);
                }
            });
        }
        last.put(who.user(), new Arrival(who, login));
    }

    /** A connection is closed. With the last one nothing is left of its user. */
    synchronized void remove(PhysicalConnection connection) {
        superseded.remove(connection);
        Identity who = owners.remove(connection);
        if (who != null
                && owners.values().stream().noneMatch(owner -> owner.user().equals(who.user()))) {
            last.remove(who.user());
        }
    }

    /** Whether somebody has connections by the password that was accepted last. */
    boolean knows(Identity who) {
        Arrival arrival = last.get(who.user());
        return arrival != null && arrival.who.equals(who);
    }

    @Override
    public boolean shouldEvict(PhysicalConnection connection, ObjectInfo info) {
        return superseded.contains(connection);
    }

    @Override
    public String reason(PhysicalConnection connection, ObjectInfo info) {
        return "opened with a former password";
    }

    /** How many users there are. */
    int size() {
        return last.size();
    }

    private record Arrival(Identity who, long login) {}
}
