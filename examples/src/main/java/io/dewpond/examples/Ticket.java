package io.dewpond.examples;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a service wants to see with each request, and hands out only after a login: valid for a while that the service
 * chooses, unless it is revoked before.
 *
 * @param number which one
 * @param lifetime how long it is valid, from its issue on
 */
record Ticket(int number, Duration lifetime) {
    /** The service, as far as tickets go. */
    static final class Office {
        private final Duration lifetime;
        private final AtomicInteger issued = new AtomicInteger();
        private final Set<Ticket> honoured = ConcurrentHashMap.newKeySet();

        Office(Duration lifetime) {
            this.lifetime = lifetime;
        }

        Ticket issue() {
            Ticket ticket = new Ticket(issued.incrementAndGet(), lifetime);
            honoured.add(ticket);
            return ticket;
        }

        boolean honours(Ticket ticket) {
            return honoured.contains(ticket);
        }

        void revoke(Ticket ticket) {
            honoured.remove(ticket);
        }
    }

    @Override
    public String toString() {
        return "ticket " + number;
    }
}
