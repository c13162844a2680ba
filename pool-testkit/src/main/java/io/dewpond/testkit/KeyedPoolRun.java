package io.dewpond.testkit;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import io.dewpond.KeyedPoolStats;
import io.dewpond.Lease;
import io.dewpond.PoolStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of random actions over a few keys, and a model of what the pool has to be like whenever nothing is going on: what is
 * lent is what the run holds, neither bound is exceeded, and nobody waits for room that is there or could be made.
 */
final class KeyedPoolRun {
    private static final Duration LONG = Duration.ofDays(1000);
    private static final Duration BACK_OFF = Duration.ofMinutes(1);

    /** What can be done to a pool. */
    enum Action {
        ACQUIRE,
        ACQUIRE_AGAIN,
        TRY,
        RELEASE,
        RELEASE_AGAIN,
        INVALIDATE,
        FAIL_TO_CREATE,
        FAIL_TO_DESTROY,
        STALL,
        EVICT_IDLE,
        ADVANCE
    }

    /** An action on a key. */
    record Deed(Action action, int key) {}

    private final int maxTotal;
    private final int maxOfAKey;
    private final Duration patience;
    private final ManualTicker ticker = new ManualTicker();
    private final ScriptedKeyedFactory<String> factory = new ScriptedKeyedFactory<>();
    private final KeyedPool<String, Resource> pool;

    private final Map<String, List<Lease<Resource>>> held = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    /** At which creations stand that are to take their time. */
    private final List<Gate> gates = new ArrayList<>();

    private final List<Gate> stalled = new ArrayList<>();

    private record Waiting(String key, Borrower borrower) {}

    KeyedPoolRun(KeyedPoolContract contract, int maxTotal, int maxOfAKey) {
        this.maxTotal = maxTotal;
        this.maxOfAKey = maxOfAKey;
        patience = contract.patience();
        pool = contract.open(KeyedPoolConfig.of(factory)
                .name("run")
                .maxTotal(maxTotal)
                .perKey(key -> key.ticker(ticker)
                        .maxSize(maxOfAKey)
                        .createTimeout(LONG)
                        .destroyTimeout(LONG)));
    }

    void run(List<Deed> deeds) {
        try {
            for (Deed deed : deeds) {
                act(deed);
                Eventually.holds(patience, this::isSettled, () -> "after " + deed + ": " + this);
                check(deed);
            }
        } finally {
            finish();
        }
        if (!factory.violations().isEmpty()) {
            throw new AssertionError(factory.violations());
        }
    }

    private void act(Deed deed) {
        String key = "key " + deed.key;
        ticker.advance(Duration.ofMillis(1));
        openGates();
        switch (deed.action) {
            case ACQUIRE, ACQUIRE_AGAIN -> acquire(key);
            case TRY -> keep(key, pool.tryAcquire(key));
            case RELEASE, RELEASE_AGAIN -> oldest(key).ifPresent(Lease::close);
            case INVALIDATE -> oldest(key).ifPresent(lease -> lease.invalidate(null));
            case FAIL_TO_CREATE -> factory.of(key).creations().next(Step.fail(new IOException("no object")));
            case FAIL_TO_DESTROY -> factory.of(key).destructions().next(Step.fail(new IOException("no end")));
            case STALL -> stall(key);
            case EVICT_IDLE -> pool.evictIdle();
            case ADVANCE -> ticker.advance(BACK_OFF);
        }
    }

    private void acquire(String key) {
        Borrower borrower = new Borrower(() -> pool.acquire(key, LONG), patience, "run", false);
        waiting.add(new Waiting(key, borrower));
        Eventually.holds(patience, () -> borrower.isDone() || allWait(), this::toString);
    }

    /** Whether each who hasn't got a lease waits for it by now. Others may be served meanwhile, so they are counted first. */
    private boolean allWait() {
        long without = waiting.stream().filter(each -> !each.borrower.isDone()).count();
        return pool.stats().waiting() >= without;
    }

    private void keep(String key, Optional<Lease<Resource>> lease) {
        lease.ifPresent(
                lent -> held.computeIfAbsent(key, k -> new ArrayList<>()).add(new CheckedLease(lent)));
    }

    private Optional<Lease<Resource>> oldest(String key) {
        List<Lease<Resource>> leases = held.getOrDefault(key, List.of());
        return leases.isEmpty() ? Optional.empty() : Optional.of(leases.remove(0));
    }

    private void stall(String key) {
        Gate gate = new Gate();
        gates.add(gate);
        factory.of(key).creations().next(() -> {
            synchronized (stalled) {
                stalled.add(gate);
            }
            gate.pass();
            synchronized (stalled) {
                stalled.remove(gate);
            }
            return true;
        });
    }

    private void openGates() {
        gates.forEach(Gate::open);
        gates.clear();
    }

    /** Whether nothing is going on but creations that stand at a gate, and nobody waits in vain. Passes the back-offs. */
    private boolean isSettled() {
        collect();
        int standing;
        synchronized (stalled) {
            standing = stalled.size();
        }
        int mine = held.values().stream().mapToInt(List::size).sum();
        KeyedPoolStats stats = pool.stats();
        boolean quiet = stats.creating() == standing && stats.inMaintenance() == 0 && stats.leased() == mine;
        if (quiet && isFair(standing > 0) && stats.equals(pool.stats())) { // and nothing has happened meanwhile
            return true;
        }
        ticker.advance(BACK_OFF);
        return false;
    }

    private void collect() {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting next = each.next();
            if (next.borrower.isDone()) {
                each.remove();
                try {
                    held.computeIfAbsent(next.key, k -> new ArrayList<>()).add(next.borrower.lease());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    /** Nobody waits while his key has something idle or, if it may grow, there is room or another key has something idle. */
    private boolean isFair(boolean stalled) {
        int total = pool.stats().total();
        int idle = pool.stats().idle();
        for (Waiting waiter : waiting) {
            PoolStats own = pool.stats(waiter.key).orElse(null);
            if (own == null || own.idle() > 0 || (own.creating() > 0 && !stalled)) {
                return false;
            }
            boolean mayGrow = own.creating() == 0 && own.total() < maxOfAKey;
            if (mayGrow && (total < maxTotal || idle > 0)) {
                return false;
            }
        }
        return true;
    }

    private void check(Deed deed) {
        for (String key : pool.keys()) {
            pool.stats(key).ifPresent(stats -> check(deed, key, stats)); // or it has left meanwhile
        }
        require(pool.stats().total() <= maxTotal, deed, "there are too many");
        require(factory.mostTaken() <= maxTotal, deed, factory.mostTaken() + " were there at once");
    }

    private void check(Deed deed, String key, PoolStats stats) {
        int mine = held.getOrDefault(key, List.of()).size();
        require(stats.leased() == mine, deed, key + " has " + mine + " leases out");
        require(stats.total() <= maxOfAKey, deed, key + " has too many");
        boolean backsOff = stats.creationFailures() > 0;
        if (stats.total() + stats.waiting() == 0 && !backsOff) {
            // It may be on its way out: that nothing is left of it shows a moment before it has gone.
            Eventually.holds(
                    patience, () -> !pool.keys().contains(key), () -> key + " is present after " + deed + ": " + this);
        }
    }

    private void require(boolean condition, Deed deed, String wrong) {
        if (!condition) {
            throw new AssertionError(wrong + " after " + deed + ": " + this);
        }
    }

    private void finish() {
        openGates();
        var end = pool.shutdown(Duration.ZERO);
        held.values().forEach(leases -> leases.forEach(Lease::close));
        for (Waiting waiter : waiting) {
            try {
                waiter.borrower.finish();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        Eventually.holds(patience, end::isDone, () -> "the shutdown doesn't end: " + this);
        Eventually.holds(patience, () -> factory.taken() == 0, () -> factory.taken() + " are left: " + this);
    }

    @Override
    public String toString() {
        return pool.stats() + ", held " + held.keySet() + ", waiting "
                + waiting.stream().map(Waiting::key).toList();
    }
}
