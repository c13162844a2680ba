package io.dewpond.testkit;

import io.dewpond.Pool;
import io.dewpond.PoolConfig;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Pool} does, as tests: extend this class, say how to open your pool, and JUnit runs the contract.
 *
 * <pre>{@code
 * class MyPoolContractTest extends PoolContract {
 *     protected <T> Pool<T> open(PoolConfig<T> config) {
 *         return MyPool.open(config);
 *     }
 * }
 * }</pre>
 *
 * <p>The tags name rows of the catalogue of behaviours. After every test the {@link InvariantChecker} has its say.
 */
public abstract class PoolContract {
    /** For subclasses. */
    protected PoolContract() {}

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

    @Nested
    final class Acquiring extends AcquireClause {
        Acquiring() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Leasing extends LeaseClause {
        Leasing() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Deadlines extends DeadlineClause {
        Deadlines() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Interrupts extends InterruptClause {
        Interrupts() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Creating extends CreationClause {
        Creating() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Destroying extends DestructionClause {
        Destroying() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Evicting extends EvictionClause {
        Evicting() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Validating extends ValidationClause {
        Validating() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Resetting extends ResetClause {
        Resetting() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class KeepingTheMinimum extends MinIdleClause {
        KeepingTheMinimum() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Listening extends ListenerClause {
        Listening() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Controlling extends ControlClause {
        Controlling() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class ShuttingDown extends ShutdownClause {
        ShuttingDown() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Counting extends StatsClause {
        Counting() {
            super(PoolContract.this);
        }
    }
}
