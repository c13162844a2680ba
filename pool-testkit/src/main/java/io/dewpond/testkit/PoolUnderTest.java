package io.dewpond.testkit;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;

/** What {@link PoolContract} and {@link PoolProperties} need to know about the pool they prove. */
public abstract class PoolUnderTest {
    PoolUnderTest() {}

    /**
     * Opens the pool under test.
     *
     * @param config how it is to behave
     * @param <T> what it lends
     * @return a pool that nobody else uses
     */
    protected abstract <T> Pool<T> open(PoolConfig<T> config);

    /**
     * Returns how the names of the pool's threads begin: none of them may be left after a test. Default: {@code
     * dewpond-}.
     *
     * @return the prefix
     */
    protected String threadPrefix() {
        return "dewpond-";
    }

    /**
     * Returns how long a test waits for what the pool must do at once before it fails. Default: 10 s.
     *
     * @return a time that a good pool never needs
     */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }
}
