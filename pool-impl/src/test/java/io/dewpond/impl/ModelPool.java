package io.dewpond.impl;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolConfig;
import io.dewpond.PoolStats;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A pool for the model checker, whose objects are ready-made. It starts no threads: what its own would do, anybody does who
 * calls {@link #work}, at any moment. Its time stands still until it is moved. And who parks wakes for a reason only: the
 * model checker's own threads may wake without one, so that a signal that is forgotten would never be missed.
 */
final class ModelPool implements Ticker {
    /** What the pool lends; it knows how many have it. */
    static final class Item {
        private final AtomicInteger holders = new AtomicInteger();
    }

    /** As large as any of these pools ever is. */
    static final int MOST = 2;

    final SlotPool<Item> pool;
    private final AtomicInteger live = new AtomicInteger();
    private final Queue<Workers.Task> tasks = new ArrayDeque<>();
    private final AtomicLong now = new AtomicLong();
    private volatile @Nullable String complaint;

    private ModelPool(int size) {
        ObjectFactory<Item> factory = ObjectFactory.of(this::create, this::destroy);
        pool = new SlotPool<>(PoolConfig.of(factory).maxSize(size).ticker(this), UnstaffedWorkers::new);
        pool.control().resize(size, size);
        workAll();
        pool.control().resize(0, size);
    }

    /** Opens a pool of that size, full of idle objects. */
    static ModelPool open(int size) {
        return new ModelPool(size);
    }

    private Item create() {
        check(live.incrementAndGet() <= MOST, "more objects than ever allowed");
        return new Item();
    }

    private void destroy(Item item) {
        check(item.holders.get() == 0, "destroyed in its holder's hands");
        live.decrementAndGet();
    }

    /** The object is this thread's: nobody else has it. */
    void begin(Item item) {
        check(item.holders.incrementAndGet() == 1, "lent twice");
    }

    /** The thread is about to give the object back. */
    void end(Item item) {
        item.holders.decrementAndGet();
    }

    /** Does one thing that a thread of the pool would do. */
    boolean work() {
        Workers.Task next;
        synchronized (tasks) {
            next = tasks.poll();
        }
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    void workAll() {
        boolean more = true;
        while (more) {
            more = work();
        }
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            complaint = otherwise;
        }
    }

    /** All have given back what they had, and nobody is at work: then everything is idle, and nobody waits. */
    void assertAtRest() {
        PoolStats stats = pool.stats();
        check(stats.waiting() == 0, "waits though all is free");
        check(stats.idle() == stats.total(), "neither lent nor idle");
        check(stats.idle() <= stats.maxSize(), "more than the maximum");
        check(stats.idle() == live.get(), "lost, or not destroyed");
        if (complaint != null) {
            throw new AssertionError(complaint + ": " + stats);
        }
    }

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void parkUntil(Object waiter, long deadline) {
        while (!((Waiter<?>) waiter).hasNews()
                && now.get() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            if (!work()) {
                Thread.onSpinWait();
            }
        }
    }

    private final class UnstaffedWorkers extends Workers {
        UnstaffedWorkers(String name, int bound, Ticker ticker, LongConsumer alarm) {
            super(name, bound, ticker, alarm);
        }

        @Override
        void submit(Task task) {
            synchronized (tasks) {
                tasks.add(task);
            }
        }
    }
}
