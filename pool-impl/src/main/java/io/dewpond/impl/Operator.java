package io.dewpond.impl;

import io.dewpond.ObjectFactory;
import io.dewpond.PoolControl;
import io.dewpond.PoolDescription;
import io.dewpond.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The operator's side of a pool: checks what is asked for and passes it on.
 *
 * @param factories who makes objects
 * @param inspector keeps what is suspect from being lent unseen
 * @param picture takes a picture of the pool
 */
record Operator<T>(
        Exchange<T> exchange,
        Upkeep<T> upkeep,
        Factories<T> factories,
        Inspector<T> inspector,
        Supplier<PoolDescription> picture,
        Ticker ticker)
        implements PoolControl<T> {
    @Override
    public void resize(int minIdle, int maxSize) {
        if (maxSize < 0) {
            throw new IllegalArgumentException("maxSize is " + maxSize + ", but must be at least 0");
        }
        if (minIdle < 0 || minIdle > maxSize) {
            throw new IllegalArgumentException(
                    "minIdle is " + minIdle + ", but must be at least 0 and at most maxSize (" + maxSize + ")");
        }
        exchange.resize(minIdle, maxSize, ticker.nanoTime());
    }

    @Override
    public CompletableFuture<Void> refresh() {
        return exchange.refresh(ticker.nanoTime());
    }

    @Override
    public CompletableFuture<Void> replaceFactory(ObjectFactory<T> factory) {
        Objects.requireNonNull(factory, "factory");
        return exchange.replaceFactory((first, oldest) -> factories.adopt(factory, first, oldest), ticker.nanoTime());
    }

    @Override
    public CompletableFuture<Void> warmUp() {
        return exchange.warmUp(ticker.nanoTime());
    }

    @Override
    public void suspend() {
        exchange.suspend();
    }

    @Override
    public void resume() {
        exchange.resume(ticker.nanoTime());
    }

    @Override
    public void evictIdle() {
        exchange.evictIdle(ticker.nanoTime());
    }

    @Override
    public void suspectIdle() {
        inspector.suspectIdle();
    }

    @Override
    public PoolDescription describe() {
        return picture.get();
    }

    @Override
    public CompletableFuture<Void> shutdown(Duration drain) {
        return upkeep.shutdown(Objects.requireNonNull(drain, "drain"));
    }
}
