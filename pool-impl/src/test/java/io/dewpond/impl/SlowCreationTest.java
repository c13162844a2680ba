package io.dewpond.impl;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Lease;
import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.testkit.Gate;
import io.dewpond.testkit.ManualTicker;
import io.dewpond.testkit.Resource;
import io.dewpond.testkit.ScriptedFactory;
import io.dewpond.testkit.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A creation that hangs is given up at its timeout; but where there is room, nobody need wait for that. */
@Tag("G25")
class SlowCreationTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final long SLOW = TIMEOUT.toNanos() / Exchange.SLOW_PART;

    private final PoolConfig<String> config = PoolConfig.of(ObjectFactory.of(() -> "object", object -> {}))
            .maxSize(3)
            .maxConcurrentCreations(2)
            .createTimeout(TIMEOUT)
            .ticker(() -> 0);
    private final NotedErrands<String> errands = new NotedErrands<>();
    private final Exchange<String> exchange =
            new Exchange<>(new Slots<>(new SlotPool<>(config)), new Beacon(), config, errands);

    @Test
    void anotherServesWhoeverWaitsForASlowOne() throws Exception {
        ManualTicker ticker = new ManualTicker();
        ScriptedFactory factory = new ScriptedFactory();
        Gate gate = new Gate();
        factory.creations().next(Step.hang(gate));
        SlotPool<Resource> pool =
                new SlotPool<>(PoolConfig.of(factory).maxSize(2).ticker(ticker).createTimeout(TIMEOUT));
        pool.start();
        try {
            CompletableFuture<Lease<Resource>> waits = pool.acquireAsync(LONG);
            gate.awaitArrivals(1, Duration.ofSeconds(10));
            ticker.advance(Duration.ofNanos(SLOW));
            Lease<Resource> lease = waits.get(10, TimeUnit.SECONDS);
            assertEquals(1, pool.stats().creating(), "the slow one goes on");
            gate.open();
            await().until(() -> pool.stats().idle() == 1);
            assertEquals(0, pool.stats().creationFailures());
            lease.close();
        } finally {
            gate.open();
            pool.close();
        }
    }

    @Test
    void anotherIsBegunAtAQuarterOfTheTimeAndNotBefore() {
        join();
        Taken<String> unused = begun();
        assertTrue(errands.alarms.contains(SLOW), () -> "alarms: " + errands.alarms);
        exchange.planAt(SLOW - 1);
        assertTrue(errands.created.isEmpty());
        exchange.planAt(SLOW);
        assertEquals(1, errands.created.size());
    }

    /** Since a creation failed, one is tried at a time; but one that hangs doesn't count for ever. */
    @Test
    @Tag("G24")
    void slowOneKeepsNobodyFromTryingAgainAfterAFailure() {
        join();
        join();
        fail(begun());
        fail(begun());
        long retry = SLOW; // long after the delay
        exchange.planAt(retry);
        Taken<String> unused = begun(retry);
        assertTrue(errands.created.isEmpty(), "one at a time");
        exchange.planAt(retry + SLOW - 1);
        assertTrue(errands.created.isEmpty());
        exchange.planAt(retry + SLOW);
        assertEquals(1, errands.created.size());
    }

    @Test
    @Tag("G20")
    @Tag("G21")
    void slowOneTakesItsShareOfThoseThatMayRun() {
        join();
        Taken<String> first = begun();
        exchange.planAt(SLOW);
        Taken<String> unused = begun();
        exchange.planAt(10 * SLOW);
        assertTrue(errands.created.isEmpty(), "two run");
        assertEquals(2, exchange.stats(0, 0).creating());
        end(first);
        join();
        assertEquals(1, errands.created.size());
    }

    @Test
    @Tag("G11")
    void borrowerWhoDoesNotWaitIsNotLeftWithASlowOne() {
        exchange.missed(0, false);
        Taken<String> unused = begun();
        exchange.missed(SLOW, false);
        unused = begun();
        assertEquals(2, exchange.stats(0, 0).creating());
    }

    @Test
    void oneThatHasEndedHasNoFollower() {
        join();
        end(begun());
        exchange.planAt(SLOW);
        assertTrue(errands.created.isEmpty());
        join();
        Taken<String> unused = begun();
        exchange.planAt(SLOW);
        assertEquals(1, errands.created.size());
    }

    private void join() {
        exchange.enqueue(new FutureWaiter<>(0, LONG.toNanos(), null, waiter -> {}));
    }

    private Taken<String> begun() {
        return begun(0);
    }

    private Taken<String> begun(long now) {
        Taken<String> creation = errands.created.remove(0);
        assertTrue(exchange.beginsCreation(creation.slot(), creation.stay(), now));
        return creation;
    }

    private void fail(Taken<String> running) {
        assertTrue(exchange.creationFailed(running.slot(), running.stay(), new IOException("refused"), null, 0));
    }

    private void end(Taken<String> running) {
        long made = exchange.created(running.slot(), running.stay(), "object", 0);
        assertNotEquals(Slot.LOST, made);
        assertNull(exchange.offer(running.slot(), made));
    }
}
