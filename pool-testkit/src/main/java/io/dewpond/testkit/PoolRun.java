package io.dewpond.testkit;

import io.dewpond.AcquireTimeoutException;
import io.dewpond.Lease;
import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A pool and, beside it, a model that says what must come of each action when one thread acts at a time. Each action
 * is done to both; {@link #agree} waits until the pool is quiet and compares.
 */
final class PoolRun {
    private static final Duration LONG = Duration.ofHours(10);
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Pool<Resource> pool;
    private final InvariantChecker checker;
    private final Duration patience;
    private final ManualTicker ticker = new ManualTicker();
    /** Those that made objects, the present one last. */
    private final List<ScriptedFactory> factories = new ArrayList<>();
    /** What the policy has looked at since the time was last moved. */
    private final Set<Resource> judged = ConcurrentHashMap.newKeySet();

    // The model.
    private final Map<Resource, Duration> idleSince = new HashMap<>();
    private final List<CheckedLease> leased = new ArrayList<>();
    private final List<CheckedLease> ended = new ArrayList<>();
    private final Set<Resource> outdated = new HashSet<>();
    private Duration now = Duration.ZERO;
    private boolean suspended;
    private int minIdle;
    private int maxSize;
    private int idle;
    private long created;
    private long destroyed;
    private long detached;
    private long acquired;

    PoolRun(PoolUnderTest subject, int minIdle, int maxSize) {
        this.minIdle = minIdle;
        this.maxSize = maxSize;
        patience = subject.patience();
        checker = new InvariantChecker(subject.threadPrefix(), patience);
        checker.begin();
        pool = checker.watch(subject.open(PoolConfig.of(nextFactory())
                .name("model")
                .ticker(ticker)
                .minIdle(minIdle)
                .maxSize(maxSize)
                .maintenanceInterval(INTERVAL)
                // What is still being judged when the time jumps must not count as too long.
                .validationTimeout(Duration.ofDays(1))
                .retryDelay(INTERVAL)
                .maxRetryDelay(INTERVAL)
                .evictionPolicy((resource, info) -> {
                    judged.add(resource);
                    return info.idleTime().compareTo(IDLE_LIMIT) >= 0;
                })));
        agree();
    }

    boolean canLend() {
        return !suspended && (idle > 0 || hasRoom());
    }

    boolean mustCreate() {
        return !suspended && idle == 0 && hasRoom();
    }

    boolean isSuspended() {
        return suspended;
    }

    boolean hasLeases() {
        return !leased.isEmpty();
    }

    boolean hasEnded() {
        return !ended.isEmpty();
    }

    private boolean hasRoom() {
        return total() < maxSize;
    }

    private int total() {
        return idle + leased.size();
    }

    void acquire() throws InterruptedException {
        lent(new Borrower(pool, LONG, patience, "model", false).lease());
    }

    void acquireAtOnce() throws InterruptedException {
        Borrower borrower = new Borrower(pool, Duration.ZERO, patience, "model", false);
        if (idle > 0 && !suspended) {
            lent(borrower.lease());
        } else {
            borrower.failure(AcquireTimeoutException.class);
        }
    }

    void interrupted() throws InterruptedException {
        new Borrower(pool, LONG, patience, "model", true).failure(InterruptedException.class);
    }

    void tryAcquire() {
        Optional<Lease<Resource>> lease = pool.tryAcquire();
        if (lease.isPresent()) {
            lent(new CheckedLease(lease.get()));
        } else if (suspended) {
            return;
        } else if (idle > 0) {
            throw new AssertionError("nothing was lent, but " + idle + " are idle");
        } else {
            createdIf(hasRoom());
        }
    }

    /** The first creation fails, the second comes after the delay. */
    void failToCreate() throws InterruptedException {
        long failures = pool.stats().creationFailures();
        factory().creations().next(Step.fail(new IOException("refused")));
        Borrower borrower = new Borrower(pool, LONG, patience, "model", false);
        Eventually.holds(patience, () -> pool.stats().creationFailures() == failures + 1, this::difference);
        advance(INTERVAL);
        lent(borrower.lease());
    }

    void release(int which) {
        CheckedLease lease = end(which);
        lease.close();
        if (outdated.contains(lease.resource()) || total() + 1 > maxSize) {
            destroyed++;
        } else {
            idle++;
            idleSince.put(lease.resource(), now);
        }
    }

    void invalidate(int which) {
        end(which).invalidate(null);
        destroyed++;
    }

    void failToDestroy(int which) {
        CheckedLease lease = end(which);
        lease.resource().maker().destructions().next(Step.fail(new StackOverflowError()));
        lease.invalidate(null);
        destroyed++;
    }

    void detach(int which) {
        CheckedLease lease = end(which);
        lease.resource().maker().forget(lease.resource());
        lease.detach();
        detached++;
    }

    void misuseEndedLease(int which) {
        CheckedLease lease = ended.get(which % ended.size());
        lease.close();
        for (Runnable misuse : List.<Runnable>of(lease::get, () -> lease.invalidate(null), lease::detach)) {
            try {
                misuse.run();
            } catch (IllegalStateException refused) {
                continue;
            }
            throw new AssertionError("an ended lease didn't refuse");
        }
    }

    void evictIdle() {
        pool.control().evictIdle();
        destroyIdle(idle);
    }

    void refresh() {
        var unused = pool.control().refresh();
        leased.forEach(lease -> outdated.add(lease.resource()));
        destroyIdle(idle);
    }

    void replaceFactory() {
        var unused = pool.control().replaceFactory(nextFactory());
        leased.forEach(lease -> outdated.add(lease.resource()));
        destroyIdle(idle);
    }

    private ScriptedFactory nextFactory() {
        factories.add(checker.watch(new ScriptedFactory()));
        return factory();
    }

    private ScriptedFactory factory() {
        return factories.get(factories.size() - 1);
    }

    void suspend() {
        pool.control().suspend();
        suspended = true;
    }

    /** Has borrowers wait, as many as can be served afterwards at most, and then resumes. */
    void resume(int number) throws InterruptedException {
        int lendable = idle + Math.max(0, maxSize - total());
        List<Borrower> waiting = new ArrayList<>();
        while (waiting.size() < Math.min(number, lendable)) {
            waiting.add(new Borrower(pool, LONG, patience, "model", false));
        }
        Eventually.holds(patience, () -> pool.stats().waiting() == waiting.size(), this::difference);
        pool.control().resume();
        suspended = false;
        for (Borrower borrower : waiting) {
            lentToOneWhoWaited(borrower.lease());
        }
    }

    void resize(int number) {
        maxSize = number % 5;
        minIdle = Math.min(number / 5, maxSize);
        pool.control().resize(minIdle, maxSize);
        destroyIdle(Math.max(0, Math.min(idle, total() - maxSize)));
    }

    void advanceMinutes(int minutes) {
        advance(Duration.ofMinutes(1 + minutes));
    }

    private void advance(Duration time) {
        now = now.plus(time);
        judged.clear();
        ticker.advance(time);
        Eventually.holds(patience, () -> judged.containsAll(idleSince.keySet()), () -> "judged: " + judged);
        for (Duration since : idleSince.values()) {
            if (now.minus(since).compareTo(IDLE_LIMIT) >= 0) {
                destroyIdle(1);
            }
        }
    }

    /** Waits until the pool is quiet and says what the model says; then learns which objects are idle. */
    void agree() {
        while (idle < minIdle && hasRoom()) {
            createdIf(true);
        }
        Eventually.holds(patience, () -> expected(pool.stats()).equals(pool.stats()), this::difference);
        List<String> violations =
                factories.stream().flatMap(each -> each.violations().stream()).toList();
        if (!violations.isEmpty()) {
            throw new AssertionError(violations);
        }
        Set<Resource> alive = new HashSet<>();
        factories.forEach(each -> alive.addAll(each.alive()));
        leased.forEach(lease -> alive.remove(lease.resource()));
        idleSince.keySet().retainAll(alive);
        alive.forEach(resource -> idleSince.putIfAbsent(resource, now));
        if (idleSince.size() != idle) {
            throw new AssertionError("alive and not lent: " + alive + ", but " + difference());
        }
    }

    /** Ends the leases, checks the invariants and shuts the pool down. */
    void finish() {
        leased.forEach(CheckedLease::close);
        checker.check();
    }

    void abandon() {
        checker.abandon();
    }

    private void lent(CheckedLease lease) {
        if (idle > 0 && !idleSince.containsKey(lease.resource())) {
            throw new AssertionError(lease.resource() + " was not among the idle: " + idleSince.keySet());
        }
        lentToOneWhoWaited(lease);
    }

    /** What is idle and what is made anew, for the others or for the minimum, may come to those who wait in any order. */
    private void lentToOneWhoWaited(CheckedLease lease) {
        if (outdated.contains(lease.resource())) {
            throw new AssertionError(lease.resource() + " is lent after a refresh");
        }
        if (suspended) {
            throw new AssertionError(lease.resource() + " is lent by a suspended pool");
        }
        if (lease.resource().maker() != factory()) {
            throw new AssertionError(lease.resource() + " is of a former factory");
        }
        if (idle > 0) {
            idle--;
        } else {
            created++;
        }
        idleSince.remove(lease.resource());
        leased.add(lease);
        acquired++;
    }

    private CheckedLease end(int which) {
        CheckedLease lease = leased.remove(which % leased.size());
        ended.add(lease);
        return lease;
    }

    private void createdIf(boolean room) {
        if (room) {
            created++;
            idle++;
        }
    }

    private void destroyIdle(int count) {
        idle -= count;
        destroyed += count;
    }

    /** The pool's numbers as the model has them; it doesn't count failures. */
    private PoolStats expected(PoolStats actual) {
        return new PoolStats(
                maxSize,
                minIdle,
                idle,
                leased.size(),
                0,
                0,
                0,
                0,
                acquired,
                actual.timedOut(),
                0,
                created,
                actual.creationFailures(),
                destroyed,
                detached,
                actual.callbackFailures(),
                0,
                0,
                suspended,
                actual.destructions(),
                actual.evictions());
    }

    private String difference() {
        PoolStats actual = pool.stats();
        return "expected " + expected(actual) + ", but the pool says " + actual;
    }
}
