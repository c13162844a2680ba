package io.dewpond.examples;

import static io.dewpond.EvictionPolicy.usedMoreThan;

import io.dewpond.DestroyReason;
import io.dewpond.EvictionPolicy;
import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolListener;
import io.dewpond.Validator;
import io.dewpond.impl.Pools;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An eviction policy and a validator of one's own. How they are checked is in this module's {@code OwnPolicyTest}. */
public final class OwnPolicy {
    private OwnPolicy() {}

    // snippet:policy
    /** Evicts a ticket that would end within the margin: whoever gets one can use it for at least so long. */
    static EvictionPolicy<Ticket> endingWithin(Duration margin) {
        return (ticket, info) -> info.age().plus(margin).compareTo(ticket.lifetime()) >= 0;
    }
    // end:policy

    // snippet:validator
    /** Asks the office that issued a ticket whether it still honours it. */
    static Validator<Ticket> honouredBy(Ticket.Office office) {
        return office::honours;
    }
    // end:validator

    // snippet:config
    static PoolConfig<Ticket> tickets(Ticket.Office office) {
        return PoolConfig.of(ObjectFactory.of(office::issue, office::revoke))
                .name("tickets")
                .maxSize(4)
                .evictionPolicy(endingWithin(Duration.ofMillis(500)).or(usedMoreThan(1_000)))
                .validator(honouredBy(office))
                .validateAfterIdle(Duration.ofMillis(50));
    }
    // end:config

    /**
     * Runs the example for about five seconds.
     *
     * @param arguments none
     * @throws InterruptedException if the thread is interrupted
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        run(50, System.out);
    }

    static void run(int requests, PrintStream out) throws InterruptedException {
        Ticket.Office office = new Ticket.Office(Duration.ofSeconds(2));
        out.println("Tickets are valid for 2 s; none is lent in its last 0.5 s, and one is revoked.");
        try (Pool<Ticket> pool = Pools.open(tickets(office).listener(new Diary(out)))) {
            int shown = 0;
            for (int i = 1; i <= requests; i++) {
                try (Lease<Ticket> lease = pool.acquire()) {
                    Ticket ticket = lease.get();
                    if (ticket.number() != shown) {
                        out.printf("request %d shows %s%n", i, ticket);
                        shown = ticket.number();
                    }
                    if (i == requests / 2) {
                        out.printf("request %d shows %s, and finds it revoked meanwhile%n", i, ticket);
                        office.revoke(ticket);
                    }
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    /** Tells what becomes of tickets. */
    private record Diary(PrintStream out) implements PoolListener<Ticket> {
        @Override
        public void created(Ticket ticket, Duration took) {
            out.printf("%s is issued%n", ticket);
        }

        @Override
        public void destroyed(Ticket ticket, DestroyReason reason) {
            out.printf("%s is destroyed: %s%n", ticket, reason);
        }
    }
}
