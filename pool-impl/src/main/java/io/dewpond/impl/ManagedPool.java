package io.dewpond.impl;

import io.dewpond.DestroyReason;
import io.dewpond.Pool;
import io.dewpond.PoolMXBean;
import io.dewpond.PoolStats;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Passes on what JMX asks of a pool. */
record ManagedPool(Pool<?> pool) implements PoolMXBean {
    private PoolStats stats() {
        return pool.stats();
    }

    @Override
    public String getName() {
        return pool.config().name();
    }

    @Override
    public int getMaxSize() {
        return stats().maxSize();
    }

    @Override
    public int getMinIdle() {
        return stats().minIdle();
    }

    @Override
    public int getIdle() {
        return stats().idle();
    }

    @Override
    public int getLeased() {
        return stats().leased();
    }

    @Override
    public int getCreating() {
        return stats().creating();
    }

    @Override
    public int getInMaintenance() {
        return stats().inMaintenance();
    }

    @Override
    public int getWaiting() {
        return stats().waiting();
    }

    @Override
    public int getAbandoned() {
        return stats().abandoned();
    }

    @Override
    public long getAcquired() {
        return stats().acquired();
    }

    @Override
    public long getTimedOut() {
        return stats().timedOut();
    }

    @Override
    public long getRejected() {
        return stats().rejected();
    }

    @Override
    public long getCreated() {
        return stats().created();
    }

    @Override
    public long getCreationFailures() {
        return stats().creationFailures();
    }

    @Override
    public long getDestroyed() {
        return stats().destroyed();
    }

    @Override
    public long getDetached() {
        return stats().detached();
    }

    @Override
    public long getCallbackFailures() {
        return stats().callbackFailures();
    }

    @Override
    public long getLost() {
        return stats().lost();
    }

    @Override
    public long getReclaimed() {
        return stats().reclaimed();
    }

    @Override
    public Map<DestroyReason, Long> getDestructions() {
        return stats().destructions();
    }

    @Override
    public Map<String, Long> getEvictions() {
        return stats().evictions();
    }

    @Override
    public boolean isSuspended() {
        return stats().suspended();
    }

    @Override
    public String getDescription() {
        return pool.control().describe().toString();
    }

    @Override
    public void resize(int minIdle, int maxSize) {
        pool.control().resize(minIdle, maxSize);
    }

    @Override
    public void refresh() {
        CompletableFuture<Void> unused = pool.control().refresh();
    }

    @Override
    public void evictIdle() {
        pool.control().evictIdle();
    }

    @Override
    public void suspend() {
        pool.control().suspend();
    }

    @Override
    public void resume() {
        pool.control().resume();
    }
}
