package io.dewpond.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.EvictionPolicy;
import io.dewpond.Pool;
import io.dewpond.impl.Pools;
import io.dewpond.testkit.FixedObjectInfo;
import io.dewpond.testkit.InvariantChecker;
import io.dewpond.testkit.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OwnPolicyTest {
    // snippet:pool
    private final ManualTicker ticker = new ManualTicker();
    private final Ticket.Office office = new Ticket.Office(Duration.ofMinutes(10));

    @RegisterExtension
    private final InvariantChecker checker = new InvariantChecker("dewpond-tickets");

    private Pool<Ticket> open() {
        return checker.watch(Pools.open(OwnPolicy.tickets(office).ticker(ticker)));
    }
    // end:pool

    // snippet:pure
    @Test
    void ticketGoesWhenTheMarginBegins() {
        EvictionPolicy<Ticket> policy = OwnPolicy.endingWithin(Duration.ofMinutes(1));
        Ticket ticket = new Ticket(1, Duration.ofMinutes(10));
        FixedObjectInfo fresh = FixedObjectInfo.fresh();
        assertFalse(policy.shouldEvict(ticket, fresh.age(Duration.ofMinutes(9).minusNanos(1))));
        assertTrue(policy.shouldEvict(ticket, fresh.age(Duration.ofMinutes(9))));
    }
    // end:pure

    // snippet:clock
    @Test
    void ticketNearItsEndIsNotLent() throws InterruptedException {
        Pool<Ticket> pool = open();
        Ticket first = pool.use(ticket -> ticket);
        ticker.advance(Duration.ofMinutes(9));
        assertEquals(first, pool.use(ticket -> ticket));
        ticker.advance(Duration.ofMinutes(1).minusMillis(500));
        assertEquals(2, pool.use(Ticket::number));
    }
    // end:clock

    // snippet:revoked
    @Test
    void revokedTicketIsNotLent() throws InterruptedException {
        Pool<Ticket> pool = open();
        office.revoke(pool.use(ticket -> ticket));
        ticker.advance(Duration.ofMillis(50));
        assertEquals(2, pool.use(Ticket::number));
    }
    // end:revoked

    @Test
    void exampleReplacesARevokedTicket() throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        OwnPolicy.run(2, new PrintStream(said, true, StandardCharsets.UTF_8));
        String output = said.toString(StandardCharsets.UTF_8);
        assertTrue(output.contains("request 2 shows ticket 2"), output);
    }
}
