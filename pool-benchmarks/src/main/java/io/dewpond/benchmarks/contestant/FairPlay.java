package io.dewpond.benchmarks.contestant;

import io.dewpond.benchmarks.stub.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Sees, before anything is timed, that a contestant does the work of a pool: a pool that lends one object twice, or
 * counts wrong, would be fast.
 */
public final class FairPlay {
    private static final int SIZE = 4;
    private static final Duration TIMEOUT = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TIME_TO_QUEUE = Duration.ofMillis(50);

    private FairPlay() {}

    /**
     * Checks a pool of its own.
     *
     * @return what is strange but no reason to exclude it; empty if nothing is
     * @throws IllegalStateException if it misbehaves
     */
    public static List<String> check(Entry entry) throws Exception {
        long before = Ledger.alive();
        List<String> notes;
        try (Contestant<?> contestant = entry.opener().open(Settings.stub(SIZE, TIMEOUT))) {
            notes = check(contestant, before);
        }
        requireAlive(before);
        return notes;
    }

    /** Fails unless, at once or soon, so many objects are open. */
    public static void requireAlive(long expected) {
        await(() -> Ledger.alive() == expected, PATIENCE);
        require(Ledger.alive() == expected, Ledger.alive() + " objects are open, and not " + expected);
    }

    /** Borrows everything at once, so that a pool that fills in the background is full. */
    public static <L> void fill(Contestant<L> contestant, int size) throws Exception {
        List<L> leases = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leases.add(contestant.acquire());
        }
        for (L lease : leases) {
            contestant.release(lease);
        }
    }

    private static <L> List<String> check(Contestant<L> contestant, long before) throws Exception {
        List<L> leases = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            leases.add(contestant.acquire());
        }
        require(distinct(contestant, leases) == SIZE, "one object is lent twice");
        requireAlive(before + SIZE);
        long start = System.nanoTime();
        require(fails(contestant::acquire), "more is lent than the size");
        require(System.nanoTime() - start >= TIMEOUT.toNanos() / 2, "a wait ended long before its timeout");
        leases.add(servedWaiter(contestant, leases.remove(0)));
        require(distinct(contestant, leases) == SIZE, "a waiter was given what another has");

        L closed = leases.remove(0);
        contestant.release(closed);
        boolean refused = fails(() -> {
            contestant.release(closed);
            return closed;
        });
        while (leases.size() <= SIZE && !fails(() -> leases.add(contestant.acquire()))) {}
        require(leases.size() >= SIZE, "what was released isn't lent again");
        boolean lentTwice = leases.size() > SIZE;
        giveBack(contestant, leases);
        require(Ledger.alive() == before + SIZE, "the number of objects has changed");
        if (lentTwice) {
            return List.of("lends one object twice after a double close");
        }
        return refused ? List.of("throws at a double close") : List.of();
    }

    private static <L> L servedWaiter(Contestant<L> contestant, L released) throws Exception {
        FutureTask<L> waiter = new FutureTask<>(contestant::acquire);
        Thread thread = new Thread(waiter, "waiter");
        thread.start();
        // A control that spins never looks like a waiting thread: it has had time enough to try.
        await(() -> thread.getState() == Thread.State.TIMED_WAITING, TIME_TO_QUEUE);
        contestant.release(released);
        return waiter.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Gives each object back once, and so leaves alone what a double close has lent twice. */
    private static <L> void giveBack(Contestant<L> contestant, List<L> leases) throws Exception {
        Set<Long> seen = new HashSet<>();
        for (L lease : leases) {
            if (seen.add(contestant.identity(lease))) {
                contestant.release(lease);
            }
        }
    }

    private static <L> int distinct(Contestant<L> contestant, List<L> leases) throws Exception {
        Set<Long> seen = new HashSet<>();
        for (L lease : leases) {
            seen.add(contestant.identity(lease));
        }
        return seen.size();
    }

    private static boolean fails(Callable<?> action) {
        try {
            action.call();
            return false;
        } catch (Exception expected) {
            return true;
        }
    }

    private static void await(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException("misbehaves: " + otherwise);
        }
    }
}
