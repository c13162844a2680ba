package io.dewpond.testkit;

import io.dewpond.Pool;
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
public abstract class PoolContract extends PoolUnderTest {
    /** For subclasses. */
    protected PoolContract() {}

    @Nested
    final class Acquiring extends AcquireClause {
        Acquiring() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class AcquiringLater extends AsyncClause {
        AcquiringLater() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class GivingUpLater extends AsyncEndClause {
        GivingUpLater() {
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
    final class GivingReasons extends ReasonClause {
        GivingReasons() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Hooking extends HookClause {
        Hooking() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class LendingInOrder extends OrderClause {
        LendingInOrder() {
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
    final class Visiting extends IdleValidationClause {
        Visiting() {
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
    final class LosingLeases extends LostLeaseClause {
        LosingLeases() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class HoldingForLong extends OverdueClause {
        HoldingForLong() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Timing extends TimingsClause {
        Timing() {
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
    final class ReplacingTheFactory extends ReplaceClause {
        ReplacingTheFactory() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class WarmingUp extends WarmUpClause {
        WarmingUp() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Describing extends DescriptionClause {
        Describing() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Reclaiming extends ReclaimClause {
        Reclaiming() {
            super(PoolContract.this);
        }
    }

    @Nested
    final class Suspending extends SuspendClause {
        Suspending() {
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

    @Nested
    final class Shedding extends AdmissionClause {
        Shedding() {
            super(PoolContract.this);
        }
    }
}
