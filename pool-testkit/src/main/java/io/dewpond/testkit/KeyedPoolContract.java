package io.dewpond.testkit;

import io.dewpond.KeyedPool;
import io.dewpond.KeyedPoolConfig;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link KeyedPool} does, as tests: extend this class, say how to open your pool, and JUnit runs the contract. It is
 * about what keys have to do with each other; what each key's pool does by itself is the {@link PoolContract}'s business.
 *
 * <pre>{@code
 * class MyKeyedPoolContractTest extends KeyedPoolContract {
 *     protected <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config) {
 *         return MyKeyedPool.open(config);
 *     }
 * }
 * }</pre>
 *
 * <p>The tags name rows of the catalogue of behaviours. After every test the pool is shut down, and nothing may be left.
 */
public abstract class KeyedPoolContract {
    /** For subclasses. */
    protected KeyedPoolContract() {}

    /**
     * Opens the pool under test.
     *
     * @param config how it is to behave
     * @param <K> what tells the objects' kinds apart
     * @param <T> what it lends
     * @return a pool that nobody else uses
     */
    protected abstract <K, T> KeyedPool<K, T> open(KeyedPoolConfig<K, T> config);

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
    final class Lending extends KeyedLendingClause {
        Lending() {
            super(KeyedPoolContract.this);
        }
    }

    @Nested
    final class Bounds extends KeyedBoundsClause {
        Bounds() {
            super(KeyedPoolContract.this);
        }
    }

    @Nested
    final class Trouble extends KeyedTroubleClause {
        Trouble() {
            super(KeyedPoolContract.this);
        }
    }

    @Nested
    final class Room extends KeyedRoomClause {
        Room() {
            super(KeyedPoolContract.this);
        }
    }

    @Nested
    final class Leaving extends KeyedLeavingClause {
        Leaving() {
            super(KeyedPoolContract.this);
        }
    }

    @Nested
    final class ShuttingDown extends KeyedShutdownClause {
        ShuttingDown() {
            super(KeyedPoolContract.this);
        }
    }

    /**
     * Tries random sequences of actions over a few keys, and compares with a model after each.
     *
     * @param maxTotal the total bound
     * @param maxOfAKey the bound of each key
     * @param deeds what is done
     */
    @Property(tries = 40)
    @Tag("G63")
    @Tag("G65")
    void everySequenceOfActionsAgreesWithTheModel(
            @ForAll @IntRange(min = 1, max = 4) int maxTotal,
            @ForAll @IntRange(min = 1, max = 3) int maxOfAKey,
            @ForAll("deeds") List<KeyedPoolRun.Deed> deeds) {
        new KeyedPoolRun(this, maxTotal, maxOfAKey).run(deeds);
    }

    /**
     * Generates actions.
     *
     * @return an arbitrary; for jqwik
     */
    @Provide
    Arbitrary<List<KeyedPoolRun.Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(KeyedPoolRun.Action.class),
                        Arbitraries.integers().between(0, 3))
                .as(KeyedPoolRun.Deed::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
